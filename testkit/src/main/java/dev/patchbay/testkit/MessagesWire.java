package dev.patchbay.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Anthropic's Messages. */
final class MessagesWire implements Wire {

    /** Providers sign thoughts; this is what the fake one signs with, no secret of anybody. */
    private static final String SIGNATURE = "fake-signature";

    @Override
    public void stream(Turn turn, SseWriter out) throws IOException {
        out.event(JsonWriter.object("type", "message_start", "message", message(turn, List.of(), null, 1)));
        out.event(JsonWriter.object("type", "ping"));
        int index = 0;
        for (AnswerPart part : turn.completion().parts()) {
            block(index++, part, out);
        }
        FakeCompletion.Fault fault = turn.completion().error();
        if (fault != null) {
            out.event(errorObject(fault.type(), fault.message()));
            return;
        }
        if (turn.has(Quirk.NO_FINISH)) {
            return;
        }
        out.event(JsonWriter.object(
                "type", "message_delta",
                "delta", JsonWriter.object("stop_reason", stopReason(turn), "stop_sequence", null),
                "usage", usage(turn, turn.completion().outputTokens())));
        if (!turn.has(Quirk.NO_DONE)) {
            out.event(JsonWriter.object("type", "message_stop"));
        }
    }

    private static void block(int index, AnswerPart part, SseWriter out) throws IOException {
        if (part instanceof AnswerPart.Text text) {
            start(index, JsonWriter.object("type", "text", "text", ""), out);
            for (String piece : text.pieces()) {
                delta(index, JsonWriter.object("type", "text_delta", "text", piece), out);
            }
        } else if (part instanceof AnswerPart.Thinking thinking) {
            start(index, JsonWriter.object("type", "thinking", "thinking", "", "signature", ""), out);
            for (String piece : thinking.pieces()) {
                delta(index, JsonWriter.object("type", "thinking_delta", "thinking", piece), out);
            }
            delta(index, JsonWriter.object("type", "signature_delta", "signature", SIGNATURE), out);
        } else if (part instanceof AnswerPart.ToolCall call) {
            start(index, toolUse(call, JsonWriter.object()), out);
            for (String piece : call.arguments()) {
                delta(index, JsonWriter.object("type", "input_json_delta", "partial_json", piece), out);
            }
        }
        out.event(JsonWriter.object("type", "content_block_stop", "index", index));
    }

    private static void start(int index, Map<String, @Nullable Object> block, SseWriter out) throws IOException {
        out.event(JsonWriter.object("type", "content_block_start", "index", index, "content_block", block));
    }

    private static void delta(int index, Map<String, @Nullable Object> delta, SseWriter out) throws IOException {
        out.event(JsonWriter.object("type", "content_block_delta", "index", index, "delta", delta));
    }

    @Override
    public String whole(Turn turn) {
        FakeCompletion.Fault fault = turn.completion().error();
        if (fault != null) {
            return error(fault.type(), fault.message());
        }
        List<Object> blocks = new ArrayList<>();
        for (AnswerPart part : turn.completion().parts()) {
            if (part instanceof AnswerPart.Text text) {
                blocks.add(JsonWriter.object("type", "text", "text", String.join("", text.pieces())));
            } else if (part instanceof AnswerPart.Thinking thinking) {
                String thought = String.join("", thinking.pieces());
                blocks.add(JsonWriter.object("type", "thinking", "thinking", thought, "signature", SIGNATURE));
            } else if (part instanceof AnswerPart.ToolCall call) {
                String arguments = String.join("", call.arguments());
                blocks.add(toolUse(call, arguments.isBlank() ? JsonWriter.object() : JsonReader.read(arguments)));
            }
        }
        return JsonWriter.write(
                message(turn, blocks, stopReason(turn), turn.completion().outputTokens()));
    }

    @Override
    public String error(String type, String message) {
        return JsonWriter.write(errorObject(type, message));
    }

    private static Map<String, @Nullable Object> errorObject(String type, String message) {
        return JsonWriter.object("type", "error", "error", JsonWriter.object("type", type, "message", message));
    }

    private static Map<String, @Nullable Object> message(
            Turn turn, List<?> content, @Nullable String stopReason, long outputTokens) {
        return JsonWriter.object(
                "id",
                turn.id("msg_"),
                "type",
                "message",
                "role",
                "assistant",
                "model",
                turn.model(),
                "content",
                content,
                "stop_reason",
                stopReason,
                "stop_sequence",
                null,
                "usage",
                usage(turn, outputTokens));
    }

    private static Map<String, @Nullable Object> toolUse(AnswerPart.ToolCall call, @Nullable Object input) {
        return JsonWriter.object("type", "tool_use", "id", call.id(), "name", call.name(), "input", input);
    }

    private static String stopReason(Turn turn) {
        return turn.completion().finishOr("tool_use", "end_turn");
    }

    private static Map<String, @Nullable Object> usage(Turn turn, long outputTokens) {
        if (turn.has(Quirk.NO_USAGE)) {
            return JsonWriter.object();
        }
        return JsonWriter.object(
                "input_tokens",
                turn.completion().inputTokens(),
                "cache_creation_input_tokens",
                0,
                "cache_read_input_tokens",
                turn.completion().cachedTokens(),
                "output_tokens",
                outputTokens);
    }
}
