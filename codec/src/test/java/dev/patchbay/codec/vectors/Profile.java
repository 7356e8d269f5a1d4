package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.QuirkSpec;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.json.JsonValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The profile of a vector: snake case there, quirks here. */
public final class Profile {

    private Profile() {}

    static Quirks quirks(Vector vector) {
        return Quirks.of(values(vector));
    }

    /** The quirks as a provider file has them. */
    public static Map<String, @Nullable Object> values(Vector vector) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (var member : vector.profile().properties()) {
            String name = camelCase(member.getKey());
            if (QuirkSpec.find(name).isPresent()) {
                values.put(name, JsonValues.toJdk(member.getValue()));
            }
        }
        // Vectors were made before agents of OpenAI's dialects got cache marks (VQ7).
        values.putIfAbsent("cacheControl", "strip");
        return values;
    }

    /** The model that the session is configured with (Q1). */
    public static Optional<String> model(Vector vector) {
        JsonNode model = vector.profile().path("model");
        return Optional.ofNullable(model.textValue());
    }

    private static String camelCase(String name) {
        StringBuilder text = new StringBuilder();
        for (String word : name.split("_")) {
            text.append(text.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return text.toString();
    }
}
