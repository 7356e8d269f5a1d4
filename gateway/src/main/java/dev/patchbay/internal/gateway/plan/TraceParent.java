package dev.patchbay.internal.gateway.plan;

import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header that says of which trace a request is a part (W3C Trace Context). */
public final class TraceParent {

    static final String HEADER = "traceparent";

    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    /** The id of the trace; empty for a header that is none. */
    public static Optional<String> id(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(header);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The same of the headers of a request. */
    public static Optional<String> id(MultiMap headers) {
        return id(headers.get(HEADER));
    }
}
