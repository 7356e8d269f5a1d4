package dev.patchbay.cli.providers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.RequestPreview;
import dev.patchbay.provider.TextWithSecrets;
import dev.patchbay.registry.Provider;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.workbench.curl.CurlText;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows the request that a launch would send, as a command for a shell or as JSON. */
final class RequestView {

    private static final String QUERY = "Hello";

    private final Provider provider;
    private final Terminal terminal;

    RequestView(Provider provider, Terminal terminal) {
        this.provider = provider;
        this.terminal = terminal;
    }

    /** Prints it; sends nothing. */
    int print(Patchbay patchbay, Invocation invocation, boolean json) {
        LaunchRequest.Builder request = LaunchRequest.query(QUERY).provider(provider.id());
        invocation.value("--model").ifPresent(request::model);
        RequestPreview preview = patchbay.preview(request.build()).orElseThrow(this::unknown);
        if (json) {
            terminal.out().lines(JsonText.write(json(preview)));
            return ExitCode.OK;
        }
        terminal.out().lines(CurlText.of(preview, http()));
        for (String note : RequestNotes.of(provider, preview)) {
            terminal.err().println("patchbay: " + note);
        }
        return ExitCode.OK;
    }

    private ProviderException unknown() {
        return new ProviderException(
                ProviderException.Kind.INVALID_REQUEST,
                "the dialect " + provider.definition().map(Definition::dialect).orElse("") + " of '" + provider.id()
                        + "' comes from a plugin, and only the plugin knows the requests that it makes");
    }

    private Map<String, Object> json(RequestPreview preview) {
        Map<String, Object> headers = new LinkedHashMap<>();
        preview.headers().forEach(header -> headers.put(header.name(), TextWithSecrets.text(header.value())));
        return new JsonObject()
                .put("provider", provider.id())
                .put("method", preview.method())
                .put("url", TextWithSecrets.text(preview.url()))
                .put("headers", headers)
                .put("body", body(preview))
                .put("curl", CurlText.of(preview, http()))
                .put("notes", RequestNotes.of(provider, preview))
                .toMap();
    }

    private HttpSettings http() {
        return provider.definition().map(Definition::http).orElse(HttpSettings.DEFAULT);
    }

    private static Object body(RequestPreview preview) {
        StringBuilder text = new StringBuilder();
        for (TextWithSecrets piece : preview.body()) {
            boolean bare = piece instanceof TextWithSecrets.Gap gap && gap.bare();
            text.append(bare ? "\"" + piece + "\"" : piece.toString());
        }
        return JsonValues.toMap((ObjectNode) dev.patchbay.codec.json.Json.parse(text.toString()));
    }
}
