package dev.patchbay.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What chat endpoints refuse; rules that several vendors share, for {@link StrictVendor}. */
final class StrictChatRules {

    private static final Pattern TOOL_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern NINE = Pattern.compile("[A-Za-z0-9]{9}");

    private StrictChatRules() {}

    /** Answers stand directly behind the calls that they answer, each call has one, and no answer is without a call. */
    static final StrictRule ANSWERED_CALLS = new StrictRule(
            "OpenAI: \"must be followed by tool messages responding to each 'tool_call_id'\"; opencode#48857", body -> {
                Set<String> open = new HashSet<>();
                for (Map<String, @Nullable Object> message : Tree.objects(body.get("messages"))) {
                    if (Tree.role(message).equals("tool")) {
                        if (!open.remove(Tree.text(message.get("tool_call_id")))) {
                            return "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'";
                        }
                        continue;
                    }
                    if (!open.isEmpty()) {
                        return "An assistant message with 'tool_calls' must be followed by tool messages responding to each"
                                + " 'tool_call_id': " + open;
                    }
                    open.addAll(Tree.callIds(message));
                }
                return open.isEmpty() ? null : "tool calls without an answer: " + open;
            });

    /** No empty list of tools, no choice without tools, names that are names. */
    static final StrictRule TOOLS = new StrictRule("OpenAI API reference, tools; dapr-agents#248", body -> {
        List<Map<String, @Nullable Object>> tools = Tree.objects(body.get("tools"));
        if (body.containsKey("tools") && tools.isEmpty()) {
            return "[] is too short - 'tools'";
        }
        if (tools.isEmpty() && (body.containsKey("tool_choice") || body.containsKey("parallel_tool_calls"))) {
            return "'tool_choice' is only allowed when 'tools' are specified";
        }
        for (Map<String, @Nullable Object> tool : tools) {
            Map<String, @Nullable Object> function = Tree.object(tool.get("function"));
            if (!Tree.text(tool.get("type")).equals("function")
                    || !TOOL_NAME.matcher(Tree.text(function.get("name"))).matches()) {
                return "Invalid 'tools[].function.name': " + function.get("name");
            }
            if (function.containsKey("description")
                    && Tree.text(function.get("description")).isEmpty()) {
                return "Invalid 'tools[].function.description': empty string";
            }
        }
        return null;
    });

    /** No message without anything in it, no empty parts. */
    static final StrictRule CONTENT =
            StrictRule.eachMessage("OpenAI API reference, messages; bifrost#6047", StrictChatRules::emptyContent);

    /** All that a host wants of a conversation with tools. */
    static final List<StrictRule> COMMON = List.of(ANSWERED_CALLS, TOOLS, CONTENT);

    static List<StrictRule> with(StrictRule... more) {
        List<StrictRule> rules = new ArrayList<>(COMMON);
        rules.addAll(List.of(more));
        return List.copyOf(rules);
    }

    static StrictRule mostStops(int most, String source) {
        return new StrictRule(
                source,
                body -> body.get("stop") instanceof List<?> stops && stops.size() > most
                        ? "Invalid 'stop': array too long"
                        : null);
    }

    static StrictRule noRole(String role, String source) {
        return StrictRule.eachMessage(
                source,
                message -> Tree.role(message).equals(role)
                        ? "unknown variant `" + role + "`, expected one of `system`, `user`, `assistant`, `tool`"
                        : null);
    }

    /** One system message, in front of all others. */
    static StrictRule systemFirst(String source) {
        return new StrictRule(source, body -> {
            boolean first = true;
            for (Map<String, @Nullable Object> message : Tree.objects(body.get("messages"))) {
                boolean system = Tree.role(message).equals("system")
                        || Tree.role(message).equals("developer");
                if (system && !first) {
                    return "System message must be at the beginning.";
                }
                first = false;
            }
            return null;
        });
    }

    /** A role may not follow another one. */
    static StrictRule notBehind(String role, String before, String source) {
        return new StrictRule(source, body -> {
            String last = "";
            for (Map<String, @Nullable Object> message : Tree.objects(body.get("messages"))) {
                if (Tree.role(message).equals(role) && last.equals(before)) {
                    return "Unexpected role '" + role + "' after role '" + before + "'";
                }
                last = Tree.role(message);
            }
            return null;
        });
    }

    /** Thinking has to come back with the calls that it led to. */
    static StrictRule thinkingComesBack(String words, String source) {
        return StrictRule.eachMessage(source, (Map<String, @Nullable Object> message) -> {
            Object thinking = message.get("reasoning_content");
            boolean told = thinking instanceof String text && !text.isEmpty() && !text.equals(".");
            return Tree.callIds(message).isEmpty() || told ? null : words;
        });
    }

    static final StrictRule NINE_CHARACTERS =
            StrictRule.eachMessage("Mistral: crush#1590, ironclaw#1241", StrictChatRules::otherIds);

    /** The arguments of earlier calls are JSON objects: templates read them. */
    static final StrictRule ARGUMENTS_ARE_OBJECTS =
            StrictRule.eachMessage("templates of Qwen: llama.cpp#14246", message -> {
                for (Map<String, @Nullable Object> call : Tree.objects(message.get("tool_calls"))) {
                    try {
                        Object read = JsonReader.read(
                                Tree.text(Tree.object(call.get("function")).get("arguments")));
                        if (!(read instanceof Map<?, ?>)) {
                            return "Can only get item pairs from a mapping.";
                        }
                    } catch (IllegalArgumentException notJson) {
                        return "Can only get item pairs from a mapping.";
                    }
                }
                return null;
            });

    /** OpenAI's strict schemas are closed and require all of their properties. */
    static final StrictRule STRICT_SCHEMAS = new StrictRule("OpenAI, structured outputs: supported schemas", body -> {
        Map<String, @Nullable Object> named =
                Tree.object(Tree.object(body.get("response_format")).get("json_schema"));
        if (!Boolean.TRUE.equals(named.get("strict"))) {
            return null;
        }
        for (Map<String, @Nullable Object> schema :
                Tree.schemas(Map.of("response_format", Map.of("json_schema", named)))) {
            boolean object = schema.containsKey("properties");
            if (object && !Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                return "Invalid schema for response_format: 'additionalProperties' is required to be supplied and to be false.";
            }
            if (object
                    && !(schema.get("required") instanceof List<?> required
                            && required.containsAll(
                                    Tree.object(schema.get("properties")).keySet()))) {
                return "Invalid schema for response_format: 'required' is required to include every key in properties.";
            }
        }
        return null;
    });

    private static @Nullable String emptyContent(Map<String, @Nullable Object> message) {
        Object content = message.get("content");
        boolean calls = !Tree.callIds(message).isEmpty();
        if (content instanceof List<?> parts && parts.isEmpty()) {
            return "Invalid 'messages[].content': empty array";
        }
        for (Map<String, @Nullable Object> part : Tree.objects(content)) {
            if (Tree.text(part.get("type")).equals("text")
                    && Tree.text(part.get("text")).isBlank()) {
                return "text content blocks must be non-empty";
            }
        }
        if (content == null && !calls) {
            return "Invalid value for 'content': expected a string, got null.";
        }
        return null;
    }

    private static @Nullable String otherIds(Map<String, @Nullable Object> message) {
        List<String> ids = new ArrayList<>(Tree.callIds(message));
        if (Tree.role(message).equals("tool")) {
            ids.add(Tree.text(message.get("tool_call_id")));
        }
        return ids.stream()
                .filter(id -> !NINE.matcher(id).matches())
                .map(id -> "Tool call id was " + id + " but must be a-z, A-Z, 0-9, with a length of 9.")
                .findFirst()
                .orElse(null);
    }
}
