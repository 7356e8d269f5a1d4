package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.QuirkSpec;
import dev.patchbay.codec.Quirks;
import dev.patchbay.json.JsonValues;
import java.util.Optional;

/** The profile of a vector: snake case there, quirks here. */
final class Profile {

    private Profile() {}

    static Quirks quirks(Vector vector) {
        Quirks quirks = Quirks.none();
        for (var member : vector.profile().properties()) {
            String name = camelCase(member.getKey());
            if (QuirkSpec.find(name).isPresent()) {
                quirks = quirks.with(name, JsonValues.toJdk(member.getValue()));
            }
        }
        return quirks;
    }

    /** The model that the session is configured with (Q1). */
    static Optional<String> model(Vector vector) {
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
