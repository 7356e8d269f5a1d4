package dev.patchbay.cli.launch;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Interruption;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.terminal.Progress;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.route.Route;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Asks a provider and prints the answer. */
public final class LaunchCommand implements Command {

    private static final String PROVIDER = "--provider";
    private static final String MODEL = "--model";
    private static final String BASE_URL = "--base-url";
    private static final String API_KEY_ENV = "--api-key-env";
    private static final String MODEL_OVERRIDE = "--model-override";
    private static final String SYSTEM = "--system";
    private static final String TITLE = "--title";
    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("launch");
        spec.addPositional(Specs.argument("QUERY|-", "0..1", "What is asked; - reads it from standard input."));
        spec.addOption(
                Specs.option(PROVIDER, "ID", "The provider; default: the one that a file names, else anthropic."));
        spec.addOption(
                Specs.option(MODEL, "MODEL", "A model or an alias of the provider; default: the provider's own."));
        spec.addOption(Specs.option(BASE_URL, "URL", "The base URL of the provider's API, for this launch."));
        spec.addOption(Specs.option(
                API_KEY_ENV,
                "NAME",
                "The variable that holds the key, for this launch. A key itself is never an option."));
        spec.addOption(Specs.option(MODEL_OVERRIDE, "MODEL", "The model as it goes on the wire; wins over --model."));
        spec.addOption(Specs.option(SYSTEM, "TEXT", "Instructions before the conversation."));
        spec.addOption(Specs.option(TITLE, "TEXT", "A title for the session; default: the beginning of the query."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object: the session and its answer."));
        return Specs.help(
                spec,
                "patchbay launch [OPTIONS] QUERY|-",
                "Ask a provider; the answer streams to standard output.",
                "patchbay launch \"Hello\" --provider demo",
                "git diff | patchbay launch - --provider groq --system \"Review this change.\"",
                "patchbay launch \"Hi\" --base-url https://api.example.com/v1 \\",
                "    --api-key-env EXAMPLE_KEY --model large");
    }

    @Override
    public int run(Invocation invocation) {
        LaunchRequest request = request(invocation);
        Progress progress = new Progress(invocation.terminal());
        try (Patchbay patchbay = Installation.open(invocation)) {
            OtherProblems.note(patchbay.registry(), invocation.value(PROVIDER), invocation.terminal());
            AnswerView view =
                    new AnswerView(invocation.terminal(), progress, !invocation.has(JSON), patchbay::interrupt);
            if (invocation.globals().debug()) {
                invocation.terminal().err().println("debug: " + described(patchbay.route(request)));
            }
            progress.start("waiting for the answer");
            Session session = patchbay.launch(request, view);
            Interruption interruption = Interruption.watch(session::interrupt);
            try {
                return new Ending(invocation.terminal(), invocation.has(JSON)).report(session, view);
            } finally {
                interruption.commandEnded();
            }
        } catch (ConfigurationException e) {
            throw FlagNames.in(e);
        } finally {
            progress.stop();
        }
    }

    /** Where it goes, without a secret. */
    private static String described(Route route) {
        String url = route.operation()
                .flatMap(route::target)
                .map(target -> ", POST " + target.url())
                .orElse("");
        return "provider " + route.provider() + ", dialect " + route.dialect() + ", model " + route.upstreamModel()
                + url;
    }

    private static LaunchRequest request(Invocation invocation) {
        LaunchRequest.Builder request = LaunchRequest.query(Query.of(invocation));
        invocation.value(PROVIDER).ifPresent(request::provider);
        invocation.value(MODEL).ifPresent(request::model);
        invocation.value(SYSTEM).ifPresent(request::systemPrompt);
        invocation.value(TITLE).ifPresent(request::title);
        proxy(request, invocation);
        return request.build();
    }

    /** Any of these options makes the launch use them: there is no switch beside them (sessions.md, section 1). */
    private static void proxy(LaunchRequest.Builder request, Invocation invocation) {
        Optional<String> baseUrl = invocation.value(BASE_URL);
        Optional<String> keyVariable = invocation.value(API_KEY_ENV);
        Optional<String> override = invocation.value(MODEL_OVERRIDE);
        if (baseUrl.isEmpty() && keyVariable.isEmpty() && override.isEmpty()) {
            return;
        }
        request.proxyEnabled(true);
        baseUrl.ifPresent(request::proxyBaseUrl);
        override.ifPresent(request::proxyModelOverride);
        keyVariable.ifPresent(name -> request.proxyApiKey(KeyVariable.resolve(name, invocation.environment())));
    }
}
