package dev.patchbay.route;

import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Value;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Headers that are sent unless a provider file says otherwise. */
public final class DefaultHeaders {

    private static final String ANTHROPIC_VERSION = "2023-06-01";
    private static final String USER_AGENT = "patchbay/" + Version.current();

    private DefaultHeaders() {}

    /** The headers of a file over the defaults; names compare without case and come in their order. */
    static Map<String, Value> below(Definition definition, Operation operation, boolean stream) {
        Map<String, Value> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("user-agent", new Value.Plain(userAgent()));
        headers.put("accept", new Value.Plain(stream ? "text/event-stream, application/json" : "application/json"));
        if (operation != Operation.MODELS) {
            headers.put("content-type", new Value.Plain("application/json"));
        }
        if (speaksAnthropic(definition, operation)) {
            headers.put("anthropic-version", new Value.Plain(ANTHROPIC_VERSION));
        }
        definition.headers().forEach((name, value) -> {
            if (!isEmpty(value)) {
                headers.remove(name);
                headers.put(name, value);
            }
        });
        return Collections.unmodifiableMap(headers);
    }

    /** {@code patchbay/<version>}. */
    public static String userAgent() {
        return USER_AGENT;
    }

    private static boolean speaksAnthropic(Definition definition, Operation operation) {
        return switch (operation) {
            case MESSAGES, COUNT_TOKENS -> true;
            case MODELS -> definition.dialect().equals(BuiltInDialect.ANTHROPIC_MESSAGES.id());
            case CHAT, RESPONSES -> false;
        };
    }

    private static boolean isEmpty(Value value) {
        return value instanceof Value.Plain plain && plain.text().isEmpty();
    }
}
