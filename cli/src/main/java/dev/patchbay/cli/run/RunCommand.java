package dev.patchbay.cli.run;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.FlagNames;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.gateway.StoredCalls;
import dev.patchbay.cli.providers.FirstProvider;
import dev.patchbay.cli.providers.ProviderLookup;
import dev.patchbay.cli.providers.UserFiles;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.daemon.usage.CallCosts;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.gateway.Gateway;
import dev.patchbay.gateway.GatewayBuilder;
import dev.patchbay.internal.models.ModelFacts;
import dev.patchbay.internal.route.Route;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.spi.Secret;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Runs an agent, or any program, on a provider: through a gateway that it has to itself, and without any other key. */
public final class RunCommand implements Command {

    /** What may stand in the place of a program. */
    public static final List<String> AGENTS = Agents.NAMES;

    /** With one of these alone a program asks nobody. */
    private static final Set<String> TELLING = Set.of("--version", "-V", "-v", "--help", "-h", "help", "version");

    private static final String PROVIDER = "--provider";
    private static final String MODEL = "--model";
    private static final int TOKEN_BYTES = 32;
    /** From here on a code says that a shell of the agent started nothing, or that a signal ended it. */
    private static final int UNSTARTED = 126;

    private static final Duration GRACE = Duration.ofSeconds(2);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("run");
        spec.addPositional(Specs.argument(
                "AGENT",
                "0..*",
                String.join(", ", Agents.NAMES) + "; behind -- its arguments. Or only -- PROGRAM ARGS."));
        spec.addOption(option("-p", PROVIDER, "ID", "The provider or preset; default: the default provider."));
        spec.addOption(option("-m", MODEL, "MODEL", "A model of it, or provider/model; default: the provider's own."));
        return Specs.help(
                spec,
                "patchbay run AGENT [OPTIONS] [-- ARGS]%npatchbay run [OPTIONS] -- PROGRAM [ARGS]",
                "Run a coding agent on any provider. It gets a gateway of its own on a free port, the model's true limits and no"
                        + " key of yours; its settings stay as they are, and its exit code is this command's.",
                "patchbay run claude -p groq",
                "patchbay run codex -m mistral/devstral-medium-latest -- exec \"Fix the tests\"",
                "patchbay run -p groq -- python agent.py");
    }

    private static OptionSpec option(String letter, String name, String label, String description) {
        return OptionSpec.builder(letter, name)
                .paramLabel(label)
                .type(String.class)
                .arity("1")
                .description(description)
                .build();
    }

    @Override
    public int run(Invocation invocation) {
        List<String> arguments = new ArrayList<>(invocation.arguments());
        int behind = invocation.argumentsBehindDashes();
        int before = arguments.size() - behind;
        if (arguments.isEmpty()) {
            throw new UsageException("an agent is missing: " + String.join(", ", Agents.NAMES) + ", or -- PROGRAM");
        }
        if (before > 1) {
            throw new UsageException("arguments of the agent stand behind --");
        }
        String program = arguments.get(0);
        Agent agent = before == 0 ? new AnyProgram() : Agents.find(arguments.remove(0));
        Output err = invocation.terminal().err();
        try (Patchbay patchbay = Installation.open(invocation);
                StoredCalls calls = StoredCalls.start(invocation, "run", patchbay)) {
            Route route = route(patchbay, invocation);
            OptionalInt impossible = impossible(program, err);
            if (impossible.isPresent()) {
                return impossible.getAsInt();
            }
            RunUsage usage = new RunUsage();
            String token = token();
            GatewayBuilder builder = Gateway.builder(patchbay)
                    .port(0)
                    .token(Secret.of(token))
                    .grace(GRACE)
                    .accessLog(usage)
                    .accessLog(calls)
                    .provider(route.provider());
            if (invocation.value(MODEL).isPresent()) {
                builder.model(route.requestedModel());
            }
            ModelFacts facts = patchbay.runtime().models().asked(route.definition(), route.requestedModel());
            int code;
            try (Gateway gateway = builder.start()) {
                Destination destination = new Destination(
                        gateway.url(), token, route.requestedModel(), facts.name(), facts.context(), facts.maxOutput());
                if (before == 1) {
                    destination.requireNoOption(program);
                }
                if (facts.context().isEmpty() && before == 1) {
                    err.println("patchbay: nobody says how many tokens " + route.requestedModel()
                            + " can hold; the agent is told " + Destination.CAREFUL_CONTEXT
                            + "; write models: {ID: {context: TOKENS}} into the provider's file");
                }
                AgentEnvironment environment = AgentEnvironment.of(
                        callersEnvironment(),
                        patchbay.registry(),
                        patchbay.runtime().models().catalog());
                environment.excludeThisMachineFromProxies();
                code = run(agent, arguments, destination, environment, err);
            }
            // The last request is counted when the gateway has ended.
            err.println("patchbay: " + usage.text(route.provider(), route.upstreamModel(), new CallCosts(patchbay)));
            usage.failure()
                    .ifPresent(why -> err.println("patchbay: " + why + "; see: "
                            + invocation.globals().command("providers test " + route.provider())));
            boolean onlyTells = arguments.size() == 1 && TELLING.contains(arguments.get(0));
            if (usage.neverAsked() && code < UNSTARTED && !onlyTells) {
                err.println(
                        "patchbay: warning: nothing was asked here; what the program said came from elsewhere, if it"
                                + " asked at all");
            }
            return code;
        } catch (ConfigurationException e) {
            throw FlagNames.in(e, "run");
        }
    }

    /** With the locale as it was before the launcher named one in which Java takes arguments for UTF-8. */
    private static Map<String, String> callersEnvironment() {
        Map<String, String> variables = new HashMap<>(new ProcessBuilder().environment());
        @Nullable String locale = System.getProperty("patchbay.callers.lc_all");
        if (locale != null) {
            variables.remove("LC_ALL");
        }
        if (locale != null && !locale.isEmpty()) {
            variables.put("LC_ALL", locale);
        }
        return variables;
    }

    private static int run(
            Agent agent, List<String> arguments, Destination destination, AgentEnvironment environment, Output err) {
        // From here on whoever ends this gets its files removed.
        TerminalHandover handover = TerminalHandover.begin();
        try (RunFolder folder = RunFolder.create()) {
            List<String> command = command(agent, arguments, destination, environment, folder.path());
            ProcessBuilder program = new ProcessBuilder(command).inheritIO();
            program.environment().clear();
            program.environment().putAll(environment.variables());
            return handover.run(program);
        } catch (IOException e) {
            err.println("patchbay: " + Printable.line(reason(e)) + "; nothing was started");
            return UNSTARTED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private static List<String> command(
            Agent agent, List<String> arguments, Destination destination, AgentEnvironment environment, Path folder) {
        try {
            return agent.command(arguments, destination, environment, folder);
        } catch (IOException e) {
            Path file = e instanceof FileSystemException known && known.getFile() != null
                    ? Path.of(known.getFile())
                    : folder;
            if (file.startsWith(folder)) {
                throw UserFiles.unwritten(file, e);
            }
            throw ProviderLookup.problem(
                    Code.UNREADABLE_FILE,
                    "the settings " + file + " cannot be read, and may decide where the agent goes",
                    "have them made readable; nothing was started");
        }
    }

    /** The JDK names the program; the system's words may mean the one that a script's first line names. */
    private static String reason(IOException failure) {
        String said = String.valueOf(failure.getMessage());
        return said.contains("No such file") ? said + " (is the interpreter there that its first line names?)" : said;
    }

    /** Says why a program cannot be started, before anybody is asked for its sake. */
    private static OptionalInt impossible(String program, Output err) {
        Optional<String> path =
                Optional.ofNullable(new ProcessBuilder().environment().get("PATH"));
        OptionalInt code = TerminalHandover.failure(program, path);
        if (code.isPresent()) {
            err.println("patchbay: " + program
                    + (code.getAsInt() == 127 ? ": not found" : ": cannot be run")
                    + (program.contains("/") ? "" : "; looked in PATH=" + path.orElse(""))
                    + Agents.installation(program)
                            .map(how -> "; to install it: " + how)
                            .orElse(""));
        }
        return code;
    }

    /** As a launch of the same options would be routed, with its errors. */
    private static Route route(Patchbay patchbay, Invocation invocation) {
        if (invocation.value(PROVIDER).isEmpty() && invocation.value(MODEL).isEmpty()) {
            FirstProvider.require(patchbay.registry(), invocation);
        }
        // What is said of an unknown one elsewhere names options that are none here.
        invocation.value(PROVIDER).ifPresent(id -> ProviderLookup.provider(patchbay.registry(), id));
        LaunchRequest.Builder request = LaunchRequest.query("run");
        invocation.value(PROVIDER).ifPresent(request::provider);
        invocation.value(MODEL).ifPresent(request::model);
        return patchbay.route(request.build());
    }

    private static String token() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
