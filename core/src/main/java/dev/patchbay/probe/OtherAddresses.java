package dev.patchbay.probe;

import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Operation;
import dev.patchbay.route.BuiltInDialect;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where the operations of a provider may be instead: with {@code /v1} or without (provider-files.md, section 2.4). */
final class OtherAddresses {

    private static final String VERSION = "/v1";

    private OtherAddresses() {}

    static List<Change> of(Definition definition) {
        Optional<URI> base = definition.baseUrl();
        boolean chat = definition.dialect().equals(BuiltInDialect.OPENAI_CHAT.id());
        // A query may hold a key, and Azure's deployments have a rule of their own.
        if (!chat
                || base.isEmpty()
                || base.get().getRawQuery() != null
                || base.get().toString().contains("/openai/deployments")) {
            return List.of();
        }
        String text = base.get().toString().replaceAll("/+$", "");
        if (text.endsWith(VERSION)) {
            return withoutVersion(text.substring(0, text.length() - VERSION.length()), definition);
        }
        boolean bare =
                base.get().getRawPath() == null || base.get().getRawPath().matches("/*");
        return bare ? atTheHost(definition) : List.of(Changes.baseUrl(URI.create(text + VERSION)));
    }

    private static List<Change> withoutVersion(String text, Definition definition) {
        String path = URI.create(text).getRawPath();
        return path == null || path.isEmpty() ? atTheHost(definition) : List.of(Changes.baseUrl(URI.create(text)));
    }

    /** The rule gives {@code /v1} to a base URL without a path, so that being without it takes an endpoint. */
    private static List<Change> atTheHost(Definition definition) {
        return definition.endpoints().containsKey(Operation.CHAT)
                ? List.of()
                : List.of(Changes.endpoints("/chat/completions", "/models"));
    }
}
