package dev.patchbay.testkit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the last text that a request says, in any of the dialects. */
final class LastText {

    private LastText() {}

    static String of(RecordedRequest request) {
        Object conversation =
                request.member("messages").or(() -> request.member("input")).orElse("");
        String text = find(conversation);
        return text == null ? "" : text;
    }

    private static @Nullable String find(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof List<?> list) {
            for (int i = list.size() - 1; i >= 0; i--) {
                String text = find(list.get(i));
                if (text != null) {
                    return text;
                }
            }
        }
        if (value instanceof Map<?, ?> map) {
            String text = find(map.get("content"));
            return text == null ? find(map.get("text")) : text;
        }
        return null;
    }
}
