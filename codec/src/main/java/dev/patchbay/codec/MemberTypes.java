package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The types of the members of a client's request that are read; one of another type would be lost in silence (dialects.md, M6). */
public final class MemberTypes {

    /** @param means whether a value, which is not null, is of the type */
    private record Type(String name, Predicate<JsonNode> means, List<String> members) {}

    /** No member has another type in another dialect, but for those that may be a text in one of them. */
    private static final List<Type> TYPES = List.of(
            new Type("a list", JsonNode::isArray, List.of("tools", "functions")),
            new Type(
                    "a number",
                    value -> JsonNumbers.toDouble(value).isPresent(),
                    List.of(
                            "temperature",
                            "top_p",
                            "top_k",
                            "max_tokens",
                            "max_completion_tokens",
                            "max_output_tokens")),
            new Type("a text", JsonNode::isTextual, List.of("reasoning_effort")),
            new Type(
                    "a text or a list",
                    value -> value.isTextual() || value.isArray(),
                    List.of("stop", "stop_sequences")),
            new Type("a text or an object", value -> value.isTextual() || value.isObject(), List.of("tool_choice")),
            new Type(
                    "an object",
                    JsonNode::isObject,
                    List.of("thinking", "reasoning", "text", "response_format", "output_config")));

    private MemberTypes() {}

    /**
     * Refuses a request with a member of another type, or with a number that is none to most readers.
     *
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST that names the first of them
     */
    public static void check(ObjectNode body) {
        JsonNumbers.requireFinite("", body);
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            for (Type type : TYPES) {
                boolean other = type.members.contains(member.getKey())
                        && !member.getValue().isNull()
                        && !type.means.test(member.getValue());
                if (other) {
                    throw Bodies.invalid(member.getKey() + ": must be " + type.name);
                }
            }
        }
    }
}
