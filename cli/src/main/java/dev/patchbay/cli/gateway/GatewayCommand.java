package dev.patchbay.cli.gateway;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.PrintedProblems;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.terminal.ColouredProblems;
import dev.patchbay.cli.terminal.Output;
import dev.patchbay.daemon.DaemonException;
import dev.patchbay.daemon.PortOwner;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.gateway.Gateway;
import dev.patchbay.gateway.GatewayBuilder;
import dev.patchbay.gateway.GatewayException;
import dev.patchbay.gateway.ListedModel;
import dev.patchbay.internal.route.Route;
import dev.patchbay.registry.RegistrySnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Serves clients of every dialect until it is interrupted. */
public final class GatewayCommand implements Command {

    private static final String PROVIDER = "--provider";
    private static final String MODEL = "--model";
    private static final String HOST = "--host";
    static final String TOKEN_ENV = "--token-env";
    private static final String ALLOW_HOST = "--allow-host";
    private static final String ALLOW_ORIGIN = "--allow-origin";
    private static final String LOCAL = "127.0.0.1";
    private static final String WARNING = "patchbay: warning: ";

    /** Service managers wait ten seconds or more before they kill; a busy machine needs some for the end itself. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("gateway");
        spec.addOption(Specs.option(
                List.of("-p", PROVIDER),
                "ID",
                "Send every request to this provider; default: the name of the model decides."));
        spec.addOption(Specs.option(
                List.of("-m", MODEL),
                "MODEL",
                "Ask for this model, whatever the client names; default: what it names."));
        spec.addOption(PortOption.spec("The port"));
        spec.addOption(Specs.option(
                HOST,
                "ADDRESS",
                "Listen on this address of the machine, or on 0.0.0.0 for all of them; default: 127.0.0.1."));
        spec.addOption(Specs.options(
                ALLOW_HOST,
                "NAME",
                "Answer to this name of the machine beside its addresses; may be repeated; default: localhost alone."));
        spec.addOption(Specs.option(
                TOKEN_ENV, "NAME", "Take the token from this variable; default: the file token in the home."));
        spec.addOption(
                Specs.options(
                        ALLOW_ORIGIN,
                        "ORIGIN",
                        "Let web pages of this origin use it, such as https://app.example.com; may be repeated; default: none."));
        spec.addOption(AccessLogWriter.option());
        return Specs.help(
                spec,
                "patchbay gateway [OPTIONS]",
                "Serve clients of Anthropic Messages, OpenAI chat and OpenAI Responses from any provider, until interrupted.",
                "patchbay gateway",
                "patchbay gateway --provider groq --model openai/gpt-oss-120b");
    }

    @Override
    public int run(Invocation invocation) {
        PortCheck.require(invocation.value(HOST).orElse(LOCAL), PortOption.of(invocation));
        ClientToken token = ClientToken.of(invocation);
        Output err = invocation.terminal().err();
        try (AccessLogWriter log = AccessLogWriter.start(invocation);
                Patchbay patchbay = Installation.watched(
                        invocation, reload -> err.print(ReloadText.of(reload, invocation.globals())));
                StoredCalls calls = StoredCalls.start(invocation, "gateway", patchbay)) {
            RegistrySnapshot registry = patchbay.registry();
            Optional<String> only = invocation.value(PROVIDER);
            StartChecks.require(registry, only);
            note(invocation, registry, only);
            GatewayBuilder builder = Gateway.builder(patchbay)
                    .port(PortOption.of(invocation))
                    .grace(GRACE)
                    .onFatalError(error -> EndSignals.halt(err, error))
                    .accessLog(log)
                    .accessLog(calls);
            token.guard(builder);
            invocation.value(HOST).ifPresent(host -> builder.host(host).allowedHost(host));
            invocation.values(ALLOW_HOST).forEach(builder::allowedHost);
            invocation.values(ALLOW_ORIGIN).forEach(origin -> allow(builder, origin));
            invocation.value(MODEL).ifPresent(builder::model);
            if (only.isPresent()) {
                builder.provider(only.get());
                // Says now, and not to each client, that there is no such provider.
                builder.routing().route(registry, "any", false);
            }
            try (Gateway gateway = start(builder)) {
                gateway.warning().ifPresent(text -> err.println(WARNING + text));
                EndSignals signals = EndSignals.install();
                Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "gateway-end"));
                invocation
                        .terminal()
                        .out()
                        .print(GatewayGreeting.text(
                                gateway.url(),
                                token.words(),
                                destination(
                                        registry,
                                        builder,
                                        only,
                                        invocation.value(MODEL).isPresent()),
                                model(registry, builder),
                                DestinationText.of(registry, only),
                                invocation.environment()));
                return signals.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return ExitCode.OK;
    }

    private static Gateway start(GatewayBuilder builder) {
        try {
            return builder.start();
        } catch (GatewayException failure) {
            throw DaemonException.of(failure.getMessage() + PortOwner.of(builder.address()), failure);
        }
    }

    private static void allow(GatewayBuilder builder, String origin) {
        try {
            builder.allowedOrigin(origin);
        } catch (IllegalArgumentException none) {
            throw new UsageException(ALLOW_ORIGIN + ": " + none.getMessage());
        }
    }

    /**
     * Where requests go.
     *
     * @param model whether one was named for all of them
     */
    private static String destination(
            RegistrySnapshot registry, GatewayBuilder builder, Optional<String> only, boolean model) {
        try {
            Route route = builder.routing().route(registry, "", true).orElseThrow();
            String asked = Printable.line(route.provider() + ", model " + route.upstreamModel());
            if (model) {
                return "every request to " + asked;
            }
            return only.isPresent()
                    ? "every request to " + asked + " unless it names another one of that provider"
                    : "where the name of the model leads, else to " + asked;
        } catch (ConfigurationException noDefault) {
            return only.map(id -> "every request to " + id + ", with the model that it names")
                    .orElse("where the name of the model leads");
        }
    }

    private static Optional<ListedModel> model(RegistrySnapshot registry, GatewayBuilder builder) {
        try {
            return Optional.of(builder.routing().model(registry, ""));
        } catch (ConfigurationException noDefault) {
            return Optional.empty();
        }
    }

    /** The same as {@code providers validate}, since a file that cannot be used is found out too late otherwise. */
    private static void note(Invocation invocation, RegistrySnapshot registry, Optional<String> only) {
        Output err = invocation.terminal().err();
        // Of a key that is missing only its own provider is the worse: others answer.
        List<Diagnostic> known = registry.diagnostics().stream()
                .map(problem -> problem.code() == Code.UNSET_VARIABLE ? problem.asWarning() : problem)
                .toList();
        String problems = PrintedProblems.text(known, invocation.globals());
        if (!problems.isEmpty()) {
            ColouredProblems.print(err, invocation.terminal().style(), problems + "\n");
        }
        if (only.isEmpty()) {
            StartChecks.warning(registry).ifPresent(text -> err.println(WARNING + text));
        }
    }
}
