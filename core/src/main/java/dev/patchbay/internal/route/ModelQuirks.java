package dev.patchbay.internal.route;

import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The quirks of one model at one provider (dialects.md, section 1.0), by their keys in a provider file. */
final class ModelQuirks {

    private ModelQuirks() {}

    /** The model's over the provider's over what follows from the model's {@code input} and {@code maxOutput}. */
    static Map<String, @Nullable Object> of(Definition definition, @Nullable Model model) {
        if (model == null) {
            return definition.quirks();
        }
        Map<String, @Nullable Object> quirks = new LinkedHashMap<>();
        if (!model.input().isEmpty()) {
            quirks.put("images", model.input().contains("image"));
            quirks.put("pdf", model.input().contains("pdf") ? "file" : "placeholder");
        }
        model.maxOutput().ifPresent(tokens -> quirks.put("maxOutputTokens", tokens));
        quirks.putAll(definition.quirks());
        quirks.putAll(model.quirks());
        return Collections.unmodifiableMap(quirks);
    }
}
