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
            return Json.write(failed(turn, fault));
        }
        List<Object> items = new ArrayList<>();
        for (AnswerPart part : turn.completion().parts()) {
            items.add(ResponsesEvents.whole(items.size(), part));
        }
        return Json.write(response(turn, status(turn), items));
    }

    @Override
    public String error(String type, String message) {
        return Json.write(
                Json.object("error", Json.object("message", message, "type", type, "param", null, "code", type)));
    }

    private static String status(Turn turn) {
        return turn.completion().finishOr("completed", "completed");
    }

    private static Map<String, @Nullable Object> response(Turn turn, String status, List<?> items) {
        boolean ended = !status.equals("in_progress");
        FakeCompletion counts = turn.completion();
        long input = counts.inputTokens() + counts.cachedTokens();
        Map<String, @Nullable Object> usage = Json.object(
                "input_tokens", input,
                "input_tokens_details", Json.object("cached_tokens", counts.cachedTokens()),
                "output_tokens", counts.outputTokens(),
                "output_tokens_details", Json.object("reasoning_tokens", 0),
                "total_tokens", input + counts.outputTokens());
        return Json.object(
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
                status.equals("incomplete") ? Json.object("reason", "max_output_tokens") : null,
                "error",
                null,
                "usage",
                ended && !turn.has(Quirk.NO_USAGE) ? usage : null);
    }

    private static Map<String, @Nullable Object> failed(Turn turn, FakeCompletion.Fault fault) {
        return Json.object(
                "id", turn.id("resp_"),
                "object", "response",
                "created_at", 1_700_000_000L,
                "status", "failed",
                "model", turn.model(),
                "output", List.of(),
                "error", Json.object("code", fault.type(), "message", fault.message()));
    }
}
