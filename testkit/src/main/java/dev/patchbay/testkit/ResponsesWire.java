package dev.patchbay.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's Responses (dialects.md P4, P5). */
final class ResponsesWire implements Wire {

    @Override
    public void stream(Turn turn, SseWriter out) throws IOException {
        ResponsesEvents events = new ResponsesEvents(out);
        events.send("response.created", "response", response(turn, "in_progress", List.of()));
        List<Object> items = new ArrayList<>();
        for (AnswerPart part : turn.completion().parts()) {
            items.add(events.item(items.size(), part));
        }
        FakeCompletion.Fault fault = turn.completion().error();
        if (fault != null) {
            events.send("response.failed", "response", failed(turn, fault));
            return;
        }
        if (turn.has(Quirk.NO_FINISH)) {
            return;
        }
        String status = status(turn);
        events.send("response." + status, "response", response(turn, status, items));
    }

    @Override
    public String whole(Turn turn) {
        FakeCompletion.Fault fault = turn.completion().error();
        if (fault != null) {
            return JsonWriter.write(failed(turn, fault));
        }
        List<Object> items = new ArrayList<>();
        for (AnswerPart part : turn.completion().parts()) {
            items.add(ResponsesEvents.whole(items.size(), part));
        }
        return JsonWriter.write(response(turn, status(turn), items));
    }

    @Override
    public String error(String type, String message) {
        return JsonWriter.write(JsonWriter.object(
                "error", JsonWriter.object("message", message, "type", type, "param", null, "code", type)));
    }

    private static String status(Turn turn) {
        return turn.completion().finishOr("completed", "completed");
    }

    private static Map<String, @Nullable Object> response(Turn turn, String status, List<?> items) {
        boolean ended = !status.equals("in_progress");
        FakeCompletion counts = turn.completion();
        long input = counts.inputTokens() + counts.cachedTokens();
        Map<String, @Nullable Object> usage = JsonWriter.object(
                "input_tokens", input,
                "input_tokens_details", JsonWriter.object("cached_tokens", counts.cachedTokens()),
                "output_tokens", counts.outputTokens(),
                "output_tokens_details", JsonWriter.object("reasoning_tokens", 0),
                "total_tokens", input + counts.outputTokens());
        return JsonWriter.object(
                "id",
                turn.id("resp_"),
                "object",
                "response",
                "created_at",
                1_700_000_000L,
                "status",
                status,
                "model",
                turn.model(),
                "output",
                items,
                "incomplete_details",
                status.equals("incomplete") ? JsonWriter.object("reason", "max_output_tokens") : null,
                "error",
                null,
                "usage",
                ended && !turn.has(Quirk.NO_USAGE) ? usage : null);
    }

    private static Map<String, @Nullable Object> failed(Turn turn, FakeCompletion.Fault fault) {
        return JsonWriter.object(
                "id", turn.id("resp_"),
                "object", "response",
                "created_at", 1_700_000_000L,
                "status", "failed",
                "model", turn.model(),
                "output", List.of(),
                "error", JsonWriter.object("code", fault.type(), "message", fault.message()));
    }
}
