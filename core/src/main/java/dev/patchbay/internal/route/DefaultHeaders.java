package dev.patchbay.internal.route;

import dev.patchbay.codec.Framing;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Headers that are sent unless a provider file says otherwise. */
public final class DefaultHeaders {

    private static final String USER_AGENT = "patchbay/" + PatchbayVersion.current();

    private DefaultHeaders() {}

    /** The headers of an operation, names in lower case; the caller may add to them. */
    static Map<String, String> of(Definition definition, Operation operation, boolean stream) {
        Optional<WireDialect> dialect = operation == Operation.MODELS
                ? Dialects.find(definition.dialect())
                : Dialects.speaking(operation.key());
        Map<String, String> headers = new TreeMap<>();
        headers.put("user-agent", userAgent());
        headers.put("accept", accepted(dialect, stream));
        if (operation != Operation.MODELS) {
            headers.put("content-type", "application/json");
        }
        dialect.map(WireDialect::headers).ifPresent(headers::putAll);
        return headers;
    }

    /** {@code patchbay/<version>}. */
    public static String userAgent() {
        return USER_AGENT;
    }

    /** An upstream may answer whole although a stream was asked for, and always tells errors so. */
    private static String accepted(Optional<WireDialect> dialect, boolean stream) {
        Framing framing = dialect.map(WireDialect::framing).orElse(Framing.EVENTS);
        String whole = Framing.JSON.mediaType();
        return stream && framing != Framing.JSON ? framing.mediaType() + ", " + whole : whole;
    }
}
