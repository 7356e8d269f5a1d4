package dev.patchbay.cli.launch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.FlagNames;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Interruption;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.KeyVariable;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.providers.FirstProvider;
import dev.patchbay.cli.providers.PresetKeys;
import dev.patchbay.cli.session.ContinuedSession;
import dev.patchbay.cli.session.LaunchStore;
import dev.patchbay.cli.session.SessionFile;
import dev.patchbay.cli.terminal.Progress;
import dev.patchbay.codec.json.Json;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.route.Route;
import dev.patchbay.session.ContinueRequest;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStateException;
import dev.patchbay.session.SessionTaskFields;
import dev.patchbay.store.StoreLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Asks a provider and prints the answer. */
public final class LaunchCommand implements Command {

    private static final String PROVIDER = "--provider";
    private static final String MODEL = "--model";
    private static final String BASE_URL = "--base-url";
    private static final String API_KEY_ENV = "--api-key-env";
    private static final String MODEL_OVERRIDE = "--model-override";
    private static final String SYSTEM = "--system";
    private static final String OPTION = "--option";
    static final String SCHEMA = "--schema";
    private static final String TITLE = "--title";
    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("launch");
        spec.addPositional(Specs.argument(
                "QUERY|-", "0..1", "What is asked; what is piped in is put below it; - is standard input alone."));
        ContinuedSession.addTo(spec);
        addOptions(spec);
        spec.addOption(Specs.flag(
                DetachedLaunch.OPTION,
                "Leave it to the daemon, which is started if need be, and print the session's id."));
        return Specs.help(
                spec,
                "patchbay launch [OPTIONS] [QUERY|-]",
                "Ask a provider; the answer streams to standard output.",
                "patchbay launch \"Hello\" -p demo",
                "git diff | patchbay launch \"Review this change.\" -p groq -o temperature=0.2",
                "patchbay launch \"What is in it?\" -f picture.png -m openai/gpt-5",
                "patchbay launch \"Hi\" --base-url https://api.example.com/v1 \\",
                "    --api-key-env EXAMPLE_KEY --model large");
    }

    @Override
    public int run(Invocation invocation) {
        Question question = Question.of(invocation, invocation.arguments());
        if (invocation.has(DetachedLaunch.OPTION) && invocation.has(SessionFile.NO_STORE)) {
            throw new UsageException(
                    DetachedLaunch.OPTION + " leaves the session in the store; leave out " + SessionFile.NO_STORE);
        }
        if (invocation.has(DetachedLaunch.OPTION)
                && SessionFile.locate(invocation).isEmpty()) {
            throw new UsageException(
                    DetachedLaunch.OPTION + " leaves the session in the store; unset " + StoreLocation.STORE);
        }
        LaunchStore store = LaunchStore.opening(invocation);
        if (invocation.has(DetachedLaunch.OPTION)) {
            return detached(invocation, question, store);
        }
        return run(invocation, question, store, () -> ContinuedSession.of(invocation, store));
    }

    /** Adds the options that say whom to ask, and what for. */
    public static void addProviderOptions(CommandSpec spec) {
        spec.addOption(
                Specs.option(List.of("-p", PROVIDER), "ID", "The provider or preset; default: see patchbay default."));
        spec.addOption(Specs.option(
                List.of("-m", MODEL),
                "MODEL",
                "A model or an alias of the provider, or provider/model; default: the provider's own."));
        spec.addOption(Specs.option(List.of("-s", SYSTEM), "TEXT", "Instructions before the conversation."));
    }

    /** Adds the options of whatever asks a provider. */
    static void addOptions(CommandSpec spec) {
        addProviderOptions(spec);
        spec.addOption(Specs.options(
                List.of("-o", OPTION),
                "KEY=VALUE",
                "A setting of the call; may be repeated: " + CallOptions.names() + "."));
        spec.addOption(Specs.options(
                List.of("-f", Question.FILE),
                "FILE|-",
                "Attach a text, image or PDF, 20 MB at most, or standard input; may be repeated."));
        spec.addOption(Specs.option(
                SCHEMA, "FILE", "Ask for an answer that is JSON of this JSON Schema; exit code 1 if it is no JSON."));
        spec.addOption(Specs.flag(Question.NO_STDIN, "Leave standard input alone."));
        spec.addOption(Specs.option(BASE_URL, "URL", "The base URL of the provider's API, for this launch."));
        spec.addOption(Specs.option(
                API_KEY_ENV,
                "NAME",
                "The variable that holds the key, for this launch. A key itself is never an option."));
        spec.addOption(Specs.option(MODEL_OVERRIDE, "MODEL", "The model as it goes on the wire; wins over --model."));
        spec.addOption(SessionFile.noStore());
        spec.addOption(Specs.option(TITLE, "TEXT", "A title for the session; default: the beginning of the query."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object: the session and its answer."));
    }

    /**
     * Asks a question.
     *
     * @param store is closed
     * @param continued the session that it goes on with; asked for once the provider files have been read
     */
    static int run(
            Invocation invocation, Question question, LaunchStore store, Supplier<Optional<SessionRecord>> continued) {
        Progress progress = new Progress(invocation.terminal());
        try (store;
                Patchbay patchbay = Installation.open(invocation, store)) {
            Optional<SessionRecord> before = continued.get();
            List<Attachment> files = new ArrayList<>(question.attachments());
            if (before.isPresent() && leadsElsewhere(invocation)) {
                files.addAll(KeptConversation.files(store.history(before.get().id())));
            }
            LaunchRequest request = request(question, files, before, invocation);
            OtherProblems.note(patchbay.registry(), provider(invocation, before, patchbay), invocation);
            if (provider(invocation, before, patchbay).isEmpty()
                    && invocation.value(BASE_URL).isEmpty()) {
                if (!invocation.has(API_KEY_ENV) && !invocation.has(MODEL)) {
                    FirstProvider.require(patchbay.registry(), invocation);
                }
                PresetKeys.instead(patchbay.registry(), invocation.environment())
                        .ifPresent(keys -> invocation
                                .terminal()
                                .err()
                                .println("patchbay: " + invocation.globals().withCommands(keys)));
            }
            UnsentAttachments.refuse(patchbay, request, files);
            if (before.isPresent() && leadsElsewhere(invocation)) {
                long tokens = KeptConversation.tokens(before.get().usage());
                KeptConversation.tellIfTooLong(patchbay, patchbay.route(request), tokens, invocation.terminal());
            }
            AnswerView view =
                    new AnswerView(invocation.terminal(), progress, !invocation.has(JSON), patchbay::interrupt);
            if (invocation.globals().debug()) {
                invocation.terminal().err().println("debug: " + described(patchbay.route(request)));
            }
            progress.start("waiting for the answer");
            Interruption interruption = Interruption.watch();
            try {
                Session session = before.isPresent()
                        ? continued(
                                patchbay,
                                before.get().id(),
                                filled(question.continuation(), invocation).build(),
                                view,
                                store)
                        : patchbay.launch(request, view);
                interruption.ends(session::interrupt);
                return new SessionOutcome(invocation, store).report(session, view);
            } finally {
                interruption.commandEnded();
            }
        } catch (ConfigurationException e) {
            throw FlagNames.in(e, "launch");
        } finally {
            progress.stop();
            store.problem()
                    .ifPresent(problem -> invocation
                            .terminal()
                            .err()
                            .println("patchbay: warning: this session is not stored: " + problem));
        }
    }

    /** A key that the daemon was given is the daemon's, sealed in the store; this command has those that its options name. */
    private static Session continued(
            Patchbay patchbay, String id, ContinueRequest request, AnswerView view, LaunchStore store) {
        try {
            return patchbay.continueSession(id, request, view);
        } catch (SessionStateException refused) {
            if (refused.kind() != SessionStateException.Kind.KEY_GONE) {
                throw refused;
            }
            boolean sealed = store.ask(open -> open.key(id)).flatMap(key -> key).isPresent();
            String where = sealed ? "which is sealed in the store for the daemon" : "which was not kept";
            throw new ConfigurationException(List.of(Diagnostic.error(
                            Code.UNSET_VARIABLE,
                            Location.of("launch"),
                            "session '" + id + "' was given a key of its own, " + where)
                    .help("name the variable that holds it with " + API_KEY_ENV + ", or another provider with "
                            + PROVIDER
                            + (sealed
                                    ? "; or leave it to the daemon: `patchbay launch --session " + id + " "
                                            + DetachedLaunch.OPTION + "`"
                                    : ""))
                    .build()));
        }
    }

    private static int detached(Invocation invocation, Question question, LaunchStore store) {
        Optional<SessionRecord> before;
        try (store) {
            before = ContinuedSession.of(invocation, store);
        }
        ObjectNode body = Json.object();
        invocation.value(PROVIDER).ifPresent(value -> body.put("provider", value));
        invocation.value(MODEL).ifPresent(value -> body.put("model", value));
        invocation.value(SYSTEM).ifPresent(value -> body.put("system_prompt", value));
        invocation.value(TITLE).ifPresent(value -> body.put("title", value));
        invocation.value(SCHEMA).ifPresent(file -> body.set("output_schema", DetachedLaunch.schema(file)));
        body.put("working_dir", ContinuedSession.folder());
        CallOptions.put(invocation.values(OPTION), body);
        Optional<String> keyVariable = invocation.value(API_KEY_ENV);
        if (invocation.value(BASE_URL).isPresent()
                || keyVariable.isPresent()
                || invocation.value(MODEL_OVERRIDE).isPresent()) {
            body.put("proxy_enabled", true);
        }
        invocation.value(BASE_URL).ifPresent(value -> body.put("proxy_base_url", value));
        invocation.value(MODEL_OVERRIDE).ifPresent(value -> body.put("proxy_model_override", value));
        keyVariable.ifPresent(name -> body.put(
                "proxy_api_key",
                KeyVariable.resolve(API_KEY_ENV, name, invocation.environment()).reveal()));
        return new DetachedLaunch(invocation).run(body, question, before, invocation.has(JSON));
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

    /** The provider that the options name, alone or before the slash of a model, else that of the session before. */
    private static Optional<String> provider(Invocation invocation, Optional<SessionRecord> before, Patchbay patchbay) {
        return invocation
                .value(PROVIDER)
                .or(() -> invocation
                        .value(MODEL)
                        .filter(model -> model.indexOf('/') > 0)
                        .map(model -> model.substring(0, model.indexOf('/')))
                        .filter(id -> patchbay.registry().find(id).isPresent()))
                .or(() -> before.flatMap(SessionRecord::provider));
    }

    /** Whether a session that goes on may go on at another provider or model. */
    private static boolean leadsElsewhere(Invocation invocation) {
        return Stream.of(PROVIDER, MODEL, BASE_URL, MODEL_OVERRIDE).anyMatch(invocation::has);
    }

    /** What is asked, as a launch; where it goes on with a session, only to be looked at before it is sent. */
    private static LaunchRequest request(
            Question question, List<Attachment> files, Optional<SessionRecord> before, Invocation invocation) {
        LaunchRequest.Builder request = question.request();
        files.stream().skip(question.attachments().size()).forEach(file -> request.content(file.block()));
        before.map(SessionRecord::settings).ifPresent(settings -> {
            settings.provider().ifPresent(request::provider);
            settings.model().ifPresent(request::model);
        });
        if (before.isPresent() && invocation.value(PROVIDER).isPresent()) {
            request.model(null);
        }
        return filled(request, invocation).build();
    }

    private static <B extends SessionTaskFields<B>> B filled(B request, Invocation invocation) {
        invocation.value(PROVIDER).ifPresent(request::provider);
        invocation.value(MODEL).ifPresent(request::model);
        invocation.value(SYSTEM).ifPresent(request::systemPrompt);
        invocation.value(TITLE).ifPresent(request::title);
        invocation.value(SCHEMA).map(SchemaFile::read).ifPresent(request::outputSchema);
        CallOptions.apply(invocation.values(OPTION), request);
        proxy(request, invocation);
        return request.workingDir(ContinuedSession.folder());
    }

    /** Any of these options makes the launch use them: there is no switch beside them (sessions.md, section 1). */
    private static void proxy(SessionTaskFields<?> request, Invocation invocation) {
        Optional<String> baseUrl = invocation.value(BASE_URL);
        Optional<String> keyVariable = invocation.value(API_KEY_ENV);
        Optional<String> override = invocation.value(MODEL_OVERRIDE);
        if (baseUrl.isEmpty() && keyVariable.isEmpty() && override.isEmpty()) {
            return;
        }
        request.proxyEnabled(true);
        baseUrl.ifPresent(request::proxyBaseUrl);
        override.ifPresent(request::proxyModelOverride);
        keyVariable.ifPresent(
                name -> request.proxyApiKey(KeyVariable.resolve(API_KEY_ENV, name, invocation.environment())));
    }
}
