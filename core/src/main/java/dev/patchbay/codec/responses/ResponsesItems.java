package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Ids;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.json.Json;
import dev.patchbay.spi.ContentBlock;
import java.util.Optional;

/** Writes the items of a Responses answer (dialects.md, P4). */
final class ResponsesItems {

    private final ResponsesTools tools;

    ResponsesItems(ResponsesTools tools) {
        this.tools = tools;
    }

    /** The item for a whole block; empty for blocks that have none. */
    Optional<ObjectNode> item(ContentBlock block) {
        return start(block).map(item -> {
            if (block instanceof ContentBlock.ToolUse call) {
                complete(item, ToolInput.text(call.input()));
            } else if (block instanceof ContentBlock.Text text) {
                complete(item, text.text());
            } else if (block instanceof ContentBlock.Thinking thinking) {
                complete(item, thinking.thinking());
            }
            return item;
        });
    }

    /** The item for a block that has only begun; empty for blocks that have none. */
    Optional<ObjectNode> start(ContentBlock block) {
        if (block instanceof ContentBlock.Text) {
            ObjectNode item = item("message", "msg_").put("role", "assistant");
            item.putArray("content");
            return Optional.of(item);
        }
        if (block instanceof ContentBlock.Thinking) {
            ObjectNode item = item("reasoning", "rs_");
            item.putArray("summary");
            return Optional.of(item);
        }
        return block instanceof ContentBlock.ToolUse call ? Optional.of(call(call)) : Optional.empty();
    }

    /** Gives an item its text (of a call: its arguments as JSON), and thereby its end. */
    static void complete(ObjectNode item, String text) {
        switch (item.path("type").textValue()) {
            case "message" -> item.putArray("content").add(textPart(text));
            case "reasoning" -> item.putArray("summary").add(summaryPart(text));
            case "custom_tool_call" -> item.put("input", freeFormInput(text));
            default -> item.put("arguments", text.isBlank() ? "{}" : text);
        }
        item.put("status", "completed");
    }

    static ObjectNode textPart(String text) {
        ObjectNode part = Json.object().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        return part;
    }

    static ObjectNode summaryPart(String text) {
        return Json.object().put("type", "summary_text").put("text", text);
    }

    private ObjectNode call(ContentBlock.ToolUse call) {
        boolean freeForm = tools.isFreeForm(call.name());
        ObjectNode item = freeForm ? item("custom_tool_call", "ctc_") : item("function_call", "fc_");
        item.put("call_id", call.id());
        Optional<ResponsesTools.Member> member = tools.member(call.name());
        member.ifPresent(found -> item.put("namespace", found.namespace()));
        item.put("name", member.map(ResponsesTools.Member::name).orElse(call.name()));
        return item.put(freeForm ? "input" : "arguments", "");
    }

    /** The text that a free-form tool was called with; what is not wrapped as asked goes as it is. */
    private static String freeFormInput(String arguments) {
        ObjectNode parsed = ToolInput.parse(arguments);
        String input = parsed.path(ResponsesTools.FREE_FORM_ARGUMENT).textValue();
        return input == null ? arguments : input;
    }

    private static ObjectNode item(String type, String idPrefix) {
        return Json.object().put("type", type).put("id", Ids.fresh(idPrefix)).put("status", "in_progress");
    }
}
