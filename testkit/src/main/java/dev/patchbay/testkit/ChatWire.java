package dev.patchbay.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions. */
final class ChatWire implements Wire {

    private static final long CREATED = 1_700_000_000L;

    @Override
    public void stream(Turn turn, SseWriter out) throws IOException {
        if (turn.has(Quirk.NO_CHOICES_FIRST)) {
            out.data(
                    JsonWriter.object("id", "", "model", "", "choices", List.of(), "prompt_filter_results", List.of()));
        }
        out.data(chunk(turn, JsonWriter.object("role", "assistant", "content", ""), null));
        for (AnswerPart part : turn.completion().parts()) {
            if (part instanceof AnswerPart.Text text) {
                for (String piece : text.pieces()) {
                    out.data(chunk(turn, JsonWriter.object("content", piece), null));
                }
            } else if (part instanceof AnswerPart.Thinking thinking) {
                for (String piece : thinking.pieces()) {
                    out.data(chunk(turn, reasoning(turn, piece), null));
                }
            }
        }
        for (Map<String, @Nullable Object> delta : new ChatToolDeltas(turn).all()) {
            out.data(chunk(turn, JsonWriter.object("tool_calls", List.of(delta)), null));
        }
        end(turn, out);
    }

    private static void end(Turn turn, SseWriter out) throws IOException {
        FakeCompletion.Fault fault = turn.completion().error();
        if (fault != null) {
            out.data(errorObject(fault.type(), fault.message()));
            return;
        }
        if (turn.has(Quirk.NO_FINISH)) {
            done(turn, out);
            return;
        }
        String finish = finish(turn);
        out.data(chunk(turn, JsonWriter.object(), finish));
        if (turn.has(Quirk.TWO_FINISHES)) {
            out.data(chunk(turn, JsonWriter.object("role", "assistant", "content", ""), finish));
        }
        if (asksForUsage(turn) && !turn.has(Quirk.NO_USAGE) && !turn.has(Quirk.USAGE_UNASKED)) {
            out.data(envelope(turn, "chat.completion.chunk", List.of(), usage(turn)));
        }
        done(turn, out);
    }

    private static void done(Turn turn, SseWriter out) throws IOException {
        if (!turn.has(Quirk.NO_DONE)) {
            out.data("[DONE]");
        }
    }

    @Override
    public String whole(Turn turn) {
        FakeCompletion.Fault fault = turn.completion().error();
        if (fault != null) {
            return error(fault.type(), fault.message());
        }
        List<Map<String, @Nullable Object>> calls = new ChatToolDeltas(turn).whole();
        String text = turn.text();
        Map<String, @Nullable Object> message = JsonWriter.object(
                "role", "assistant",
                "content", text.isEmpty() ? null : text,
                "reasoning_content", turn.thinking().isEmpty() ? JsonWriter.ABSENT : turn.thinking(),
                "tool_calls", calls.isEmpty() ? JsonWriter.ABSENT : calls);
        Map<String, @Nullable Object> choice =
                JsonWriter.object("index", 0, "message", message, "finish_reason", finish(turn));
        Object usage = turn.has(Quirk.NO_USAGE) ? JsonWriter.ABSENT : usage(turn);
        return JsonWriter.write(envelope(turn, "chat.completion", List.of(choice), usage));
    }

    @Override
    public String error(String type, String message) {
        return JsonWriter.write(errorObject(type, message));
    }

    private static Map<String, @Nullable Object> errorObject(String type, String message) {
        return JsonWriter.object(
                "error", JsonWriter.object("message", message, "type", type, "param", null, "code", type));
    }

    private static Map<String, @Nullable Object> chunk(
            Turn turn, Map<String, @Nullable Object> delta, @Nullable String finish) {
        Object reason = finish == null && turn.has(Quirk.EMPTY_FINISH) ? "" : finish;
        Object usage = finish != null && turn.has(Quirk.USAGE_UNASKED) ? usage(turn) : JsonWriter.ABSENT;
        Map<String, @Nullable Object> choice = JsonWriter.object("index", 0, "delta", delta, "finish_reason", reason);
        return envelope(turn, "chat.completion.chunk", List.of(choice), usage);
    }

    private static Map<String, @Nullable Object> envelope(Turn turn, String object, List<?> choices, Object usage) {
        return JsonWriter.object(
                "id", turn.id("chatcmpl-"),
                "object", object,
                "created", CREATED,
                "model", turn.model(),
                "choices", choices,
                "usage", usage);
    }

    private static Map<String, @Nullable Object> reasoning(Turn turn, String piece) {
        if (!turn.has(Quirk.REASONING_TWICE)) {
            return JsonWriter.object("reasoning_content", piece);
        }
        List<Object> details = new ArrayList<>();
        details.add(JsonWriter.object("type", "reasoning.text", "text", piece));
        return JsonWriter.object("reasoning", piece, "reasoning_details", details);
    }

    private static String finish(Turn turn) {
        return turn.completion().finishOr("tool_calls", "stop");
    }

    private static boolean asksForUsage(Turn turn) {
        return turn.request()
                .member("stream_options")
                .filter(options -> options instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("include_usage")))
                .isPresent();
    }

    private static Map<String, @Nullable Object> usage(Turn turn) {
        FakeCompletion counts = turn.completion();
        long prompt = counts.inputTokens() + counts.cachedTokens();
        return JsonWriter.object(
                "prompt_tokens",
                prompt,
                "completion_tokens",
                counts.outputTokens(),
                "total_tokens",
                prompt + counts.outputTokens(),
                "prompt_tokens_details",
                JsonWriter.object("cached_tokens", counts.cachedTokens()));
    }
}
