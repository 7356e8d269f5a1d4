package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.FreeFormInput;
import dev.patchbay.codec.JsonNumbers;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the items of a Responses request as a conversation (dialects.md, P1 and P2). Used once. */
final class InputItems {

    /** Documented types of which nothing can be told in another dialect. */
    private static final Set<String> DROPPED =
            Set.of("ghost_snapshot", "mcp_approval_request", "mcp_approval_response", "mcp_list_tools");

    /** What stands for all that was said before; only who wrote it can read it. */
    private static final Set<String> SEALED = Set.of("compaction", "compaction_summary", "context_compaction");

    private final ResponsesTools tools;
    private final ResponsesTurns conversation;
    private final String provider;
    private final Set<String> calls = new HashSet<>();
    private final Set<String> dropped = new TreeSet<>();

    private InputItems(List<ObjectNode> items, ResponsesTools tools, String provider) {
        this.tools = tools;
        this.provider = provider;
        Set<String> answered = new HashSet<>();
        for (ObjectNode item : items) {
            String type = item.path("type").asText("");
            if (type.endsWith("_call_output") || type.equals("tool_search_output")) {
                answered.add(callId(item));
            } else if (type.endsWith("_call")) {
                calls.add(callId(item));
            }
        }
        this.conversation = new ResponsesTurns(answered);
    }

    /**
     * The items of an input, those that it only names looked up.
     *
     * @param emitted finds an item of an earlier answer by its id
     * @throws dev.patchbay.spi.ProviderException of kind INVALID_REQUEST if one is not there any more
     */
    static List<ObjectNode> resolved(JsonNode input, Function<String, Optional<ObjectNode>> emitted) {
        List<ObjectNode> items = new ArrayList<>();
        for (JsonNode item : input) {
            if (!(item instanceof ObjectNode object)) {
                throw Bodies.invalid("input[" + items.size() + "]: must be an object");
            }
            items.add(isReference(object) ? referred(object, items.size(), emitted) : object);
        }
        return items;
    }

    /**
     * Reads items whose references were looked up.
     *
     * @param provider that the request goes to
     */
    static InputItems read(List<ObjectNode> items, ResponsesTools tools, String provider) {
        InputItems read = new InputItems(items, tools, provider);
        for (int i = 0; i < items.size(); i++) {
            read.item(items.get(i), i);
        }
        return read;
    }

    List<ChatMessage> turns() {
        return conversation.turns();
    }

    /** The types of items of which nothing was told. */
    Set<String> dropped() {
        return dropped;
    }

    /** The type of a reference may be left out. */
    private static boolean isReference(ObjectNode item) {
        String type = item.path("type").asText("");
        return type.equals("item_reference") || (type.isEmpty() && item.has("id") && !item.has("content"));
    }

    private static ObjectNode referred(ObjectNode item, int index, Function<String, Optional<ObjectNode>> emitted) {
        String id = item.path("id").asText("");
        return emitted.apply(id)
                .orElseThrow(() -> Bodies.invalid("input[" + index + "]: the item '" + id
                        + "' is not kept here; send the items themselves (in most SDKs with the option store: false)"));
    }

    private void item(ObjectNode item, int index) {
        String type = item.path("type").asText("");
        switch (type) {
            case "", "message" -> message(item, index);
            case "function_call" -> {
                ObjectNode input = ToolInput.of(item.path("arguments"));
                JsonNumbers.requireFinite("input[" + index + "].arguments", input);
                call(item, index, JsonValues.toMap(input));
            }
            case "custom_tool_call" ->
                call(
                        item,
                        index,
                        Map.of(FreeFormInput.MEMBER, item.path("input").asText("")));
            case "function_call_output", "custom_tool_call_output" -> {
                if (!item.path("call_id").isTextual() && !calls.contains(callId(item))) {
                    throw noCallId(index, "names the call that this is the output of");
                }
                result(item, content(index, "output").output(item.path("output")));
            }
            case "reasoning" -> ReasoningItem.read(item).ifPresent(conversation::thinking);
            case "additional_tools", ConfigurationUpdates.TYPE -> {}
            default -> other(type, item, index);
        }
    }

    private void other(String type, ObjectNode item, int index) {
        if (isClientSearch(type, item)) {
            search(type, item);
        } else if (ForeignToolItem.isOne(type)) {
            tell(new ForeignToolItem(item));
        } else if (SEALED.contains(type)) {
            throw Bodies.invalid("input[" + index + "]: only OpenAI can read what was said before a '" + type
                    + "'; send the conversation itself, or begin another");
        } else if (type.equals("compaction_trigger")) {
            throw Bodies.invalid("input[" + index + "]: a 'compaction_trigger' asks for a compaction, which only OpenAI"
                    + " makes; ask for a summary of the conversation in words, and go on from that");
        } else if (DROPPED.contains(type)) {
            dropped.add(type);
        } else {
            throw Bodies.invalid("input[" + index + "].type: '" + type + "' is not a type of item");
        }
    }

    private void message(ObjectNode item, int index) {
        List<ContentBlock> content = content(index, "content").read(item.path("content"));
        String role = item.path("role").asText("user");
        switch (role) {
            case "assistant" -> conversation.assistant(content);
            case "system", "developer" -> conversation.other(Role.SYSTEM, content);
            case "user" -> conversation.other(Role.USER, content);
            default ->
                throw Bodies.invalid(
                        "input[" + index + "].role: must be user, assistant, system or developer, not '" + role + "'");
        }
    }

    private void omitted(String type) {
        dropped.add("content." + type);
    }

    private ResponsesContent content(int index, String member) {
        return new ResponsesContent("input[" + index + "]." + member, provider, this::omitted);
    }

    private static ProviderException noCallId(int index, String what) {
        return Bodies.invalid("input[" + index + "].call_id: must be a text; it " + what);
    }

    private void call(ObjectNode item, int index, Map<String, @Nullable Object> input) {
        if (callId(item).isEmpty()) {
            throw noCallId(index, "links the call to its output");
        }
        if (item.path("name").asText("").isEmpty()) {
            throw Bodies.invalid("input[" + index + "].name: must be a text; it is the tool that is called");
        }
        String name = tools.fullName(
                item.path("namespace").asText(""), item.path("name").asText(""));
        conversation.call(ContentBlock.toolUse(callId(item), name, input));
    }

    private void result(ObjectNode item, List<ContentBlock> content) {
        conversation.result(ContentBlock.toolResult(callId(item), content, false, Map.of()));
    }

    private static boolean isClientSearch(String type, ObjectNode item) {
        boolean search = type.equals("tool_search_call") || type.equals("tool_search_output");
        return search && item.path("call_id").isTextual();
    }

    private void search(String type, ObjectNode item) {
        if (type.equals("tool_search_call")) {
            conversation.call(ContentBlock.toolUse(
                    callId(item), tools.searchName(), JsonValues.toMap(ToolInput.of(item.path("arguments")))));
            return;
        }
        List<String> found = new ArrayList<>();
        item.path("tools").forEach(tool -> found(tool, "", found));
        String text =
                found.isEmpty() ? "No tool was found." : "These tools can be called now:\n" + String.join("\n", found);
        result(item, List.of(ContentBlock.text(text)));
    }

    private void found(JsonNode tool, String namespace, List<String> lines) {
        String name = tool.path("name").asText("");
        if (tool.path("type").asText("").equals("namespace")) {
            tool.path("tools").forEach(member -> found(member, name, lines));
        } else if (!name.isEmpty()) {
            String description = tool.path("description").asText("");
            lines.add(tools.fullName(namespace, name) + (description.isEmpty() ? "" : ": " + description));
        }
    }

    /** What a tool did is told by who did it; an image is only taken from the user. */
    private void tell(ForeignToolItem item) {
        List<ContentBlock> blocks = item.blocks();
        if (item.isOutput()) {
            conversation.other(Role.USER, blocks);
            return;
        }
        conversation.told((ContentBlock.Text) blocks.get(0));
        if (blocks.size() > 1) {
            conversation.other(Role.USER, blocks.subList(1, blocks.size()));
        }
    }

    /** The link between call and output; some clients only keep the item's own id. */
    private static String callId(ObjectNode item) {
        String link = item.path("call_id").asText("");
        return link.isEmpty() ? item.path("id").asText("") : link;
    }
}
