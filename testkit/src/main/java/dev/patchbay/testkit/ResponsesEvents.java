package dev.patchbay.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers and sends the events of a Responses stream, item by item. */
final class ResponsesEvents {

    private static final String CONTENT = "content_index";

    private final SseWriter out;
    private int sequence;

    ResponsesEvents(SseWriter out) {
        this.out = out;
    }

    void send(String type, @Nullable Object... namesAndValues) throws IOException {
        List<@Nullable Object> members = new ArrayList<>(Arrays.asList("type", type, "sequence_number", sequence++));
        members.addAll(Arrays.asList(namesAndValues));
        out.event(JsonWriter.object(members.toArray()));
    }

    /** Sends everything about one item and returns it whole. */
    Map<String, @Nullable Object> item(int index, AnswerPart part) throws IOException {
        String id = itemId(index, part);
        send("response.output_item.added", "output_index", index, "item", opening(id, part));
        if (part instanceof AnswerPart.Text text) {
            text(index, id, text);
        } else if (part instanceof AnswerPart.Thinking thinking) {
            for (String piece : thinking.pieces()) {
                sendPart("response.reasoning_summary_text.delta", index, id, "summary_index", "delta", piece);
            }
        } else if (part instanceof AnswerPart.ToolCall call) {
            for (String piece : call.arguments()) {
                send("response.function_call_arguments.delta", "item_id", id, "output_index", index, "delta", piece);
            }
            String arguments = String.join("", call.arguments());
            send("response.function_call_arguments.done", "item_id", id, "output_index", index, "arguments", arguments);
        }
        Map<String, @Nullable Object> whole = whole(index, part);
        send("response.output_item.done", "output_index", index, "item", whole);
        return whole;
    }

    private void text(int index, String id, AnswerPart.Text text) throws IOException {
        sendPart("response.content_part.added", index, id, CONTENT, "part", outputText(""));
        for (String piece : text.pieces()) {
            sendPart("response.output_text.delta", index, id, CONTENT, "delta", piece);
        }
        String whole = String.join("", text.pieces());
        sendPart("response.output_text.done", index, id, CONTENT, "text", whole);
        sendPart("response.content_part.done", index, id, CONTENT, "part", outputText(whole));
    }

    private void sendPart(String type, int index, String id, String counter, String name, Object value)
            throws IOException {
        send(type, "item_id", id, "output_index", index, counter, 0, name, value);
    }

    /** The item as it is when it is done. */
    static Map<String, @Nullable Object> whole(int index, AnswerPart part) {
        String id = itemId(index, part);
        if (part instanceof AnswerPart.Text text) {
            return message(id, "completed", List.of(outputText(String.join("", text.pieces()))));
        }
        if (part instanceof AnswerPart.Thinking thinking) {
            String summary = String.join("", thinking.pieces());
            return reasoning(id, List.of(JsonWriter.object("type", "summary_text", "text", summary)));
        }
        AnswerPart.ToolCall call = (AnswerPart.ToolCall) part;
        return call(id, call, "completed", String.join("", call.arguments()));
    }

    private static Map<String, @Nullable Object> opening(String id, AnswerPart part) {
        if (part instanceof AnswerPart.Text) {
            return message(id, "in_progress", List.of());
        }
        if (part instanceof AnswerPart.Thinking) {
            return reasoning(id, List.of());
        }
        return call(id, (AnswerPart.ToolCall) part, "in_progress", "");
    }

    private static String itemId(int index, AnswerPart part) {
        if (part instanceof AnswerPart.Text) {
            return "msg_" + index;
        }
        return (part instanceof AnswerPart.Thinking ? "rs_" : "fc_") + index;
    }

    private static Map<String, @Nullable Object> message(String id, String status, List<?> content) {
        return JsonWriter.object(
                "id", id, "type", "message", "role", "assistant", "status", status, "content", content);
    }

    private static Map<String, @Nullable Object> reasoning(String id, List<?> summary) {
        return JsonWriter.object("id", id, "type", "reasoning", "summary", summary);
    }

    private static Map<String, @Nullable Object> call(
            String id, AnswerPart.ToolCall call, String status, String arguments) {
        return JsonWriter.object(
                "id",
                id,
                "type",
                "function_call",
                "call_id",
                call.id(),
                "name",
                call.name(),
                "arguments",
                arguments,
                "status",
                status);
    }

    private static Map<String, @Nullable Object> outputText(String text) {
        return JsonWriter.object("type", "output_text", "text", text, "annotations", List.of());
    }
}
