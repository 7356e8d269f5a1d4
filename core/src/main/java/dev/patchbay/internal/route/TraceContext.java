package dev.patchbay.internal.route;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The headers that say of which trace a request is a part (W3C Trace Context). */
public final class TraceContext {

    public static final String PARENT = "traceparent";
    public static final String STATE = "tracestate";

    private static final int LONGEST_STATE = 512;
    private static final Pattern PARENT_FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern STATE_FORM = Pattern.compile("[\\x20-\\x7e]{0," + LONGEST_STATE + "}");

    private TraceContext() {}

    /** The id of the trace; empty for a header that is none. */
    public static Optional<String> id(@Nullable String parent) {
        if (parent == null) {
            return Optional.empty();
        }
        Matcher matcher = PARENT_FORM.matcher(parent);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The headers that pass it on, names in lower case; none where the first is none, and without a state that is none. */
    public static Map<String, String> headers(@Nullable String parent, @Nullable String state) {
        Map<String, String> headers = new TreeMap<>();
        if (parent != null && id(parent).isPresent()) {
            headers.put(PARENT, parent);
            if (state != null && STATE_FORM.matcher(state).matches()) {
                headers.put(STATE, state);
            }
        }
        return headers;
    }
}
