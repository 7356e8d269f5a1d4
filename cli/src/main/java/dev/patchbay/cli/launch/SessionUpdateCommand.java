package dev.patchbay.cli.launch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.FlagNames;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.KeyVariable;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.daemon.RunningDaemon;
import dev.patchbay.cli.daemon.UnmetSettings;
import dev.patchbay.cli.session.SessionFile;
import dev.patchbay.cli.session.SessionLookup;
import dev.patchbay.codec.json.Json;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.session.UpdateRequest;
import dev.patchbay.spi.Secret;
import dev.patchbay.store.SqliteSessionStore;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Changes the title or the provider settings of a session, from its next call on. */
public final class SessionUpdateCommand implements Command {

    private static final String PROVIDER = "--provider";
    private static final String MODEL = "--model";
    private static final String BASE_URL = "--base-url";
    private static final String API_KEY_ENV = "--api-key-env";
    private static final String MODEL_OVERRIDE = "--model-override";
    private static final String TITLE = "--title";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("update");
        spec.addPositional(Specs.argument("ID", "1", "The session; the beginning of its id is enough."));
        spec.addOption(Specs.option(java.util.List.of("-p", PROVIDER), "ID", "The provider of its next call."));
        spec.addOption(Specs.option(java.util.List.of("-m", MODEL), "MODEL", "A model or an alias of the provider."));
        spec.addOption(Specs.option(BASE_URL, "URL", "The base URL; on another origin the key is needed anew."));
        spec.addOption(Specs.option(API_KEY_ENV, "NAME", "The variable that holds the key."));
        spec.addOption(Specs.option(MODEL_OVERRIDE, "MODEL", "The model as it goes on the wire; wins over --model."));
        spec.addOption(Specs.option(TITLE, "TEXT", "A title for people."));
        return Specs.help(
                spec,
                "patchbay sessions update [OPTIONS] ID",
                "Change a session's title or provider settings, from its next call on.",
                "patchbay sessions update 1b2c3d4e --title \"Recursion\"",
                "patchbay sessions update 1b2c3d4e -p groq -m llama-3.3-70b-versatile");
    }

    @Override
    public int run(Invocation invocation) {
        if (Stream.of(PROVIDER, MODEL, BASE_URL, API_KEY_ENV, MODEL_OVERRIDE, TITLE)
                .allMatch(option -> invocation.value(option).isEmpty())) {
            throw new UsageException("name what to change: " + PROVIDER + ", " + MODEL + ", " + BASE_URL + ", "
                    + API_KEY_ENV + ", " + MODEL_OVERRIDE + " or " + TITLE);
        }
        String id = id(invocation);
        Optional<RunningDaemon> daemon = UnmetSettings.daemonOfStore(invocation);
        if (daemon.isPresent()) {
            daemon.get().ask("PATCH", "/sessions/" + id, Optional.of(body(invocation)));
        } else {
            updateHere(invocation, id);
        }
        invocation.terminal().err().println("patchbay: updated " + id);
        return ExitCode.OK;
    }

    private static String id(Invocation invocation) {
        String typed = invocation.arguments().get(0);
        try (SqliteSessionStore store = SessionFile.open(invocation).orElseThrow(() -> SessionLookup.unknown(typed))) {
            return SessionLookup.require(store, typed).id();
        }
    }

    private static ObjectNode body(Invocation invocation) {
        ObjectNode body = Json.object();
        invocation.value(PROVIDER).ifPresent(value -> body.put("provider", value));
        invocation.value(MODEL).ifPresent(value -> body.put("model", value));
        invocation.value(TITLE).ifPresent(value -> body.put("title", value));
        if (proxied(invocation)) {
            body.put("proxy_enabled", true);
        }
        invocation.value(BASE_URL).ifPresent(value -> body.put("proxy_base_url", value));
        invocation.value(MODEL_OVERRIDE).ifPresent(value -> body.put("proxy_model_override", value));
        key(invocation).ifPresent(value -> body.put("proxy_api_key", value.reveal()));
        return body;
    }

    private static void updateHere(Invocation invocation, String id) {
        UpdateRequest.Builder request = UpdateRequest.builder();
        invocation.value(PROVIDER).ifPresent(request::provider);
        invocation.value(MODEL).ifPresent(request::model);
        invocation.value(TITLE).ifPresent(request::title);
        if (proxied(invocation)) {
            request.proxyEnabled(true);
        }
        invocation.value(BASE_URL).ifPresent(request::proxyBaseUrl);
        invocation.value(MODEL_OVERRIDE).ifPresent(request::proxyModelOverride);
        key(invocation).ifPresent(request::proxyApiKey);
        SqliteSessionStore store = SessionFile.open(invocation).orElseThrow(() -> SessionLookup.unknown(id));
        try (Patchbay patchbay = Installation.open(invocation, store)) {
            patchbay.update(id, request.build());
        } catch (ConfigurationException e) {
            throw FlagNames.in(e, "sessions update");
        }
    }

    private static boolean proxied(Invocation invocation) {
        return invocation.value(BASE_URL).isPresent()
                || invocation.value(API_KEY_ENV).isPresent()
                || invocation.value(MODEL_OVERRIDE).isPresent();
    }

    private static Optional<Secret> key(Invocation invocation) {
        return invocation
                .value(API_KEY_ENV)
                .map(name -> KeyVariable.resolve(API_KEY_ENV, name, invocation.environment()));
    }
}
