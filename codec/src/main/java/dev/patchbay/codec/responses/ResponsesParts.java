package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Refusal;
import dev.patchbay.codec.json.Json;
import java.util.List;
import java.util.Optional;

/** The events inside one item of a Responses stream, without what numbers them (dialects.md, P5). */
final class ResponsesParts {

    private ResponsesParts() {}

    /** What precedes the first text of an item that is no message; calls have no parts. */
    static Optional<ObjectNode> start(ObjectNode item) {
        return switch (type(item)) {
            case "reasoning" -> Optional.of(summaryPart("response.reasoning_summary_part.added", ""));
            default -> Optional.empty();
        };
    }

    /** More of the item; empty for free-form calls, whose text is wrapped until it is whole. */
    static Optional<ObjectNode> delta(ObjectNode item, String more) {
        return switch (type(item)) {
            case "reasoning" ->
                Optional.of(summary("response.reasoning_summary_text.delta").put("delta", more));
            case "function_call" ->
                Optional.of(event("response.function_call_arguments.delta").put("delta", more));
            default -> Optional.empty();
        };
    }

    /** What precedes the end of an item that is whole. */
    static List<ObjectNode> end(ObjectNode item) {
        return switch (type(item)) {
            case "reasoning" ->
                reasoning(item.path("summary").path(0).path("text").asText(""));
            case "function_call" ->
                List.of(event("response.function_call_arguments.done")
                        .put("name", item.path("name").asText(""))
                        .put("arguments", item.path("arguments").asText("")));
            case "custom_tool_call" -> freeForm(item.path("input").asText(""));
            default -> List.of();
        };
    }

    /** What precedes the text of a message's part. */
    static ObjectNode start(MessageParts parts) {
        return contentPart("response.content_part.added", parts);
    }

    /** More of a message's part. */
    static ObjectNode delta(MessageParts parts, String more) {
        return (parts.isRefusal() ? text("response.refusal.delta", parts) : output("response.output_text.delta", parts))
                .put("delta", more);
    }

    /** Something that a message's part cites. */
    static ObjectNode annotation(MessageParts parts, ObjectNode annotation) {
        ObjectNode event =
                text("response.output_text.annotation.added", parts).put("annotation_index", parts.annotations() - 1);
        event.set("annotation", annotation);
        return event;
    }

    /** What follows the text of a message's part. */
    static List<ObjectNode> end(MessageParts parts) {
        ObjectNode whole =
                parts.isRefusal() ? text("response.refusal.done", parts) : output("response.output_text.done", parts);
        String member = parts.isRefusal() ? Refusal.MEMBER : "text";
        whole.put(member, parts.part().path(member).asText(""));
        return List.of(whole, contentPart("response.content_part.done", parts));
    }

    /** Thinking that nobody can read has no parts. */
    private static List<ObjectNode> reasoning(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        return List.of(
                summary("response.reasoning_summary_text.done").put("text", text),
                summaryPart("response.reasoning_summary_part.done", text));
    }

    private static List<ObjectNode> freeForm(String input) {
        return List.of(
                event("response.custom_tool_call_input.delta").put("delta", input),
                event("response.custom_tool_call_input.done").put("input", input));
    }

    private static ObjectNode contentPart(String type, MessageParts parts) {
        ObjectNode event = text(type, parts);
        event.set("part", parts.part().deepCopy());
        return event;
    }

    private static ObjectNode summaryPart(String type, String text) {
        ObjectNode event = summary(type);
        event.set("part", ResponsesItems.summaryPart(text));
        return event;
    }

    private static ObjectNode output(String type, MessageParts parts) {
        ObjectNode event = text(type, parts);
        event.putArray("logprobs");
        return event;
    }

    private static ObjectNode text(String type, MessageParts parts) {
        return event(type).put("content_index", parts.index());
    }

    private static ObjectNode summary(String type) {
        return event(type).put("summary_index", 0);
    }

    private static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }

    private static String type(ObjectNode item) {
        return item.path("type").asText("");
    }
}
