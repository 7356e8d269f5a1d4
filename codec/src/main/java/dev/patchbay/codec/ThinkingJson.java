package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.Thinking;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The {@code thinking} member of Anthropic Messages. */
public final class ThinkingJson {

    private ThinkingJson() {}

    /** The member for a value. */
    public static ObjectNode of(Thinking thinking) {
        ObjectNode node = Json.object().put("type", thinking.mode().name().toLowerCase(Locale.ROOT));
        thinking.budgetTokens().ifPresent(budget -> node.put("budget_tokens", budget));
        return node;
    }

    /** The value of a member; empty if it is of no known type. */
    public static Optional<Thinking> read(JsonNode node) {
        JsonNode budget = node.path("budget_tokens");
        OptionalInt tokens = budget.isNumber() ? OptionalInt.of(budget.asInt()) : OptionalInt.empty();
        return switch (node.path("type").asText("")) {
            case "enabled" ->
                Optional.of(
                        tokens.isPresent() ? Thinking.enabled(tokens.getAsInt()) : Thinking.of(Thinking.Mode.ENABLED));
            case "disabled" -> Optional.of(Thinking.of(Thinking.Mode.DISABLED));
            case "adaptive" -> Optional.of(Thinking.of(Thinking.Mode.ADAPTIVE));
            default -> Optional.empty();
        };
    }
}
