package dev.patchbay.spi;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tool that the model may call.
 *
 * @param name as the model sees it
 * @param type empty for a tool of the application; else the type of a tool that the provider knows, such as {@code
 *     web_search_20250305}
 * @param description what it does, for the model
 * @param inputSchema JSON Schema of its input as JDK values (see {@link ContentBlock}); null where the provider knows it
 * @param more members that are not modelled, such as {@code cache_control} and {@code strict}
 */
public record Tool(
        String name,
        Optional<String> type,
        Optional<String> description,
        @Nullable Map<String, @Nullable Object> inputSchema,
        Map<String, @Nullable Object> more) {

    /** A tool of the application. */
    public static Tool of(String name, String description, Map<String, @Nullable Object> inputSchema) {
        return new Tool(name, Optional.empty(), Optional.of(description), inputSchema, Map.of());
    }
}
