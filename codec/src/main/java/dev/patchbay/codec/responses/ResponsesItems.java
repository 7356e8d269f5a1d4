package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.FreshIds;
import dev.patchbay.codec.Refusal;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.responses.ResponsesTools.DeclaredTool;
import dev.patchbay.codec.responses.ResponsesTools.DeclaredTool.Kind;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import java.util.Optional;

/** Writes the items of a Responses answer (dialects.md, P4). */
final class ResponsesItems {

    private final ResponsesTools tools;

    /** Whether the client reads the answer by a schema, and would read a refusal by it, too, if it looked like text. */
    private final boolean readBySchema;

    ResponsesItems(ResponsesRequest request) {
        this.tools = request.tools();
        this.readBySchema = request.echoed()
                .path("text")
                .path("format")
                .path("type")
                .asText("")
                .equals("json_schema");
    }

    /** The item for a whole block that is no text; empty for blocks that have none. */
    Optional<ObjectNode> item(ContentBlock block) {
        return start(block).map(item -> {
            if (block instanceof ContentBlock.ToolUse call) {
                complete(item, ToolInput.text(call.input()));
            } else if (block instanceof ContentBlock.Thinking thinking) {
                complete(item, thinking.thinking());
                ReasoningItem.prove(item, thinking.thinking(), thinking.signature());
            } else {
                complete(item, "");
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
        if (block instanceof ContentBlock.Thinking || block instanceof ContentBlock.RedactedThinking) {
            ObjectNode item = item("reasoning", "rs_");
            item.putArray("summary");
            if (block instanceof ContentBlock.RedactedThinking redacted) {
                ReasoningItem.prove(item, redacted);
            }
            return Optional.of(item);
        }
        return block instanceof ContentBlock.ToolUse call ? Optional.of(call(call)) : Optional.empty();
    }

    /** Whether a refusal is a part of its own to the client. */
    boolean tellRefusals() {
        return readBySchema;
    }

    /** The parts of a message that has begun. */
    MessageParts parts(ObjectNode message) {
        return new MessageParts(message, readBySchema);
    }

    /** Gives an item its text (of a call: its arguments as JSON), and thereby its end; a message has it in its parts. */
    static void complete(ObjectNode item, String text) {
        boolean cutCall = item.has("call_id") && text.stripLeading().startsWith("{") && !Json.isValid(text);
        fill(item, text).put("status", cutCall ? "incomplete" : "completed");
    }

    /** Gives an item as much of its text as came before the answer broke off. */
    static ObjectNode cut(ObjectNode item, String text) {
        return cut(fill(item, text));
    }

    /** Says of an item that the answer was cut in it. */
    static ObjectNode cut(ObjectNode item) {
        return item.put("status", "incomplete");
    }

    private static ObjectNode fill(ObjectNode item, String text) {
        switch (item.path("type").textValue()) {
            case "message" -> {}
            case "reasoning" -> {
                if (!text.isEmpty()) {
                    item.putArray("summary").add(summaryPart(text));
                }
            }
            case "custom_tool_call" -> item.put("input", ToolInput.freeForm(text));
            case "tool_search_call" -> item.set("arguments", ToolInput.parse(text));
            default -> item.put("arguments", text.isBlank() ? "{}" : text);
        }
        return item;
    }

    /** Says of an item that a call follows: its text is no answer. */
    static void beforeCall(ObjectNode item) {
        phase(item, "commentary");
    }

    /** Says of the last item of an answer that it is the answer, if the answer ended so. */
    static void last(ObjectNode item, StopReason reason) {
        if (reason.equals(StopReason.END_TURN) || reason.equals(StopReason.STOP_SEQUENCE)) {
            phase(item, "final_answer");
        }
    }

    private static void phase(ObjectNode item, String phase) {
        if (item.path("type").textValue().equals("message")) {
            item.put("phase", phase);
        }
    }

    /** Why an answer ended: who refuses in words has ended as the model meant to. */
    static StopReason reason(StopReason reason, boolean refused) {
        return refused && reason.equals(StopReason.REFUSAL) ? StopReason.END_TURN : reason;
    }

    static ObjectNode refusalPart(String text) {
        return Json.object().put("type", Refusal.MEMBER).put(Refusal.MEMBER, text);
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
        DeclaredTool tool = tools.find(call.name()).orElse(new DeclaredTool("", call.name(), Kind.FUNCTION));
        if (tool.kind() == Kind.SEARCH) {
            ObjectNode item = item("tool_search_call", "tsc_").put("call_id", call.id());
            item.put("execution", "client").putObject("arguments");
            return item;
        }
        boolean freeForm = tool.kind() == Kind.FREE_FORM;
        ObjectNode item = freeForm ? item("custom_tool_call", "ctc_") : item("function_call", "fc_");
        item.put("call_id", call.id());
        if (!tool.namespace().isEmpty()) {
            item.put("namespace", tool.namespace());
        }
        return item.put("name", tool.name()).put(freeForm ? "input" : "arguments", "");
    }

    private static ObjectNode item(String type, String idPrefix) {
        return Json.object()
                .put("type", type)
                .put("id", FreshIds.fresh(idPrefix))
                .put("status", "in_progress");
    }
}
