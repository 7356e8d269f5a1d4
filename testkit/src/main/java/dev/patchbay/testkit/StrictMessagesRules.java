package dev.patchbay.testkit;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Messages endpoints refuse, for {@link StrictVendor}. */
final class StrictMessagesRules {

    private static final Pattern TOOL_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private StrictMessagesRules() {}

    private static final StrictRule CALLS = new StrictRule(
            "Anthropic: \"tool_use ids were found without tool_result blocks immediately after\"; claude-code#6836",
            body -> {
                Set<String> open = new HashSet<>();
                for (Map<String, @Nullable Object> message : Tree.objects(body.get("messages"))) {
                    boolean user = Tree.role(message).equals("user");
                    if (Tree.role(message).equals("system")) {
                        continue;
                    }
                    for (Map<String, @Nullable Object> block : Tree.objects(message.get("content"))) {
                        if (Tree.text(block.get("type")).equals("tool_result")
                                && !(user && open.remove(Tree.text(block.get("tool_use_id"))))) {
                            return "unexpected `tool_use_id` found in `tool_result` blocks: "
                                    + block.get("tool_use_id");
                        }
                    }
                    if (!open.isEmpty()) {
                        return "`tool_use` ids were found without `tool_result` blocks immediately after: " + open;
                    }
                    for (Map<String, @Nullable Object> block : Tree.objects(message.get("content"))) {
                        if (Tree.text(block.get("type")).equals("tool_use")) {
                            open.add(Tree.text(block.get("id")));
                        }
                    }
                }
                return open.isEmpty() ? null : "`tool_use` ids were found without `tool_result` blocks: " + open;
            });

    private static final StrictRule BLOCKS =
            StrictRule.eachMessage("Anthropic API reference, content blocks; hermes-agent#11906", message -> {
                if (message.get("content") instanceof String text && text.isBlank()) {
                    return "messages: text content blocks must be non-empty";
                }
                for (Map<String, @Nullable Object> block : Tree.objects(message.get("content"))) {
                    String complaint = block(block);
                    if (complaint != null) {
                        return complaint;
                    }
                }
                return null;
            });

    private static final StrictRule LIMIT = new StrictRule("Anthropic API reference, max_tokens", body -> {
        boolean number = body.get("max_tokens") instanceof Long limit && limit > 0;
        return number ? null : "max_tokens: Field required";
    });

    private static final StrictRule SAMPLING =
            new StrictRule("Anthropic API reference, temperature, stop_sequences", body -> {
                if (body.get("temperature") instanceof Number value && value.doubleValue() > 1) {
                    return "temperature: range: 0..1";
                }
                if (body.get("stop_sequences") instanceof List<?> stops
                        && stops.stream().anyMatch(stop -> Tree.text(stop).isBlank())) {
                    return "stop_sequences: each stop sequence must contain non-whitespace";
                }
                return null;
            });

    private static final StrictRule TOOLS = new StrictRule("Anthropic API reference, tools; OmniRoute#13552", body -> {
        for (Map<String, @Nullable Object> tool : Tree.objects(body.get("tools"))) {
            Map<String, @Nullable Object> schema = Tree.object(tool.get("input_schema"));
            if (tool.containsKey("type") && !Tree.text(tool.get("type")).equals("custom")) {
                continue;
            }
            if (!Tree.text(schema.get("type")).equals("object")) {
                return "tools.0.custom.input_schema.type: Field required";
            }
            if (schema.containsKey("oneOf") || schema.containsKey("anyOf") || schema.containsKey("allOf")) {
                return "tools.0.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level";
            }
        }
        return null;
    });

    private static final StrictRule FORMAT =
            new StrictRule("Anthropic, structured outputs; veryfront-code#3918", body -> {
                Map<String, @Nullable Object> format =
                        Tree.object(Tree.object(body.get("output_config")).get("format"));
                for (Map<String, @Nullable Object> schema :
                        Tree.schemas(Map.of("output_config", Map.of("format", format)))) {
                    if (Tree.text(schema.get("type")).equals("object")
                            && !Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                        return "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false";
                    }
                }
                return null;
            });

    private static final StrictRule MARKS = new StrictRule(
            "Anthropic, prompt caching: at most four marks",
            body -> count(body) > 4 ? "A maximum of 4 blocks with cache_control may be provided." : null);

    /** Anthropic's own endpoint. */
    static final List<StrictRule> ANTHROPIC = List.of(
            StrictRule.onlyMembers(
                    "Anthropic: \"Extra inputs are not permitted\"",
                    "%s: Extra inputs are not permitted",
                    "model",
                    "messages",
                    "max_tokens",
                    "system",
                    "tools",
                    "tool_choice",
                    "temperature",
                    "top_p",
                    "top_k",
                    "stop_sequences",
                    "stream",
                    "metadata",
                    "thinking",
                    "output_config",
                    "service_tier",
                    "context_management",
                    "mcp_servers",
                    "container",
                    "cache_control",
                    "inference_geo",
                    "speed",
                    "thread"),
            CALLS,
            BLOCKS,
            LIMIT,
            SAMPLING,
            TOOLS,
            FORMAT,
            MARKS);

    /** Endpoints of others, which know two roles. */
    static final List<StrictRule> TWO_ROLES = List.of(
            StrictRule.eachMessage(
                    "DeepSeek: awesome-deepseek-integration#639; FastAPI servers: ogx#5982",
                    StrictMessagesRules::otherRole),
            CALLS,
            BLOCKS,
            LIMIT);

    private static @Nullable String otherRole(Map<String, @Nullable Object> message) {
        String role = Tree.role(message);
        return role.equals("user") || role.equals("assistant")
                ? null
                : "messages[].role: unknown variant `" + role + "`, expected `user` or `assistant`";
    }

    private static @Nullable String block(Map<String, @Nullable Object> block) {
        return switch (Tree.text(block.get("type"))) {
            case "text" ->
                Tree.text(block.get("text")).isBlank() ? "messages: text content blocks must be non-empty" : null;
            case "thinking" ->
                Tree.text(block.get("signature")).isEmpty()
                        ? "messages.content.thinking.signature: Field required"
                        : null;
            case "tool_use" -> {
                Set<String> known = Set.of("type", "id", "name", "input", "cache_control", "caller");
                yield !TOOL_ID.matcher(Tree.text(block.get("id"))).matches() || !known.containsAll(block.keySet())
                        ? "messages.content.tool_use: Extra inputs are not permitted, or a wrong id: " + block.keySet()
                        : null;
            }
            default -> null;
        };
    }

    private static int count(@Nullable Object node) {
        if (node instanceof List<?> items) {
            return items.stream().mapToInt(StrictMessagesRules::count).sum();
        }
        if (!(node instanceof Map<?, ?> map)) {
            return 0;
        }
        int own = map.containsKey("cache_control") ? 1 : 0;
        return own
                + map.entrySet().stream()
                        .filter(member -> !member.getKey().equals("input_schema")
                                && !member.getKey().equals("input"))
                        .mapToInt(member -> count(member.getValue()))
                        .sum();
    }
}
