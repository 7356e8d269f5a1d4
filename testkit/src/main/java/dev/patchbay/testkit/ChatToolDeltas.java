package dev.patchbay.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tool calls of a chat answer, whole and in deltas, well and badly numbered. */
final class ChatToolDeltas {

    private final Turn turn;
    private final List<AnswerPart.ToolCall> calls;

    ChatToolDeltas(Turn turn) {
        this.turn = turn;
        this.calls = turn.toolCalls();
    }

    /** Elements of {@code tool_calls} for a message. */
    List<Map<String, @Nullable Object>> whole() {
        return calls.stream()
                .map(call -> header(JsonWriter.ABSENT, call, String.join("", call.arguments())))
                .toList();
    }

    /** Elements of {@code tool_calls} for chunks, in the order they are sent. */
    List<Map<String, @Nullable Object>> all() {
        List<Map<String, @Nullable Object>> headers = new ArrayList<>();
        List<Map<String, @Nullable Object>> deltas = new ArrayList<>();
        List<Map<String, @Nullable Object>> heads = turn.has(Quirk.INTERLEAVED_TOOL_CALLS) ? headers : deltas;
        for (int i = 0; i < calls.size(); i++) {
            AnswerPart.ToolCall call = calls.get(i);
            if (turn.has(Quirk.WHOLE_TOOL_CALLS)) {
                heads.add(header(index(i), call, String.join("", call.arguments())));
                continue;
            }
            heads.add(header(index(i), call, ""));
            if (!turn.has(Quirk.INTERLEAVED_TOOL_CALLS)) {
                for (String piece : call.arguments()) {
                    deltas.add(more(index(i), piece));
                }
            }
        }
        if (turn.has(Quirk.INTERLEAVED_TOOL_CALLS) && !turn.has(Quirk.WHOLE_TOOL_CALLS)) {
            addInTurn(deltas);
        }
        headers.addAll(deltas);
        return headers;
    }

    private void addInTurn(List<Map<String, @Nullable Object>> deltas) {
        int most =
                calls.stream().mapToInt(call -> call.arguments().size()).max().orElse(0);
        for (int piece = 0; piece < most; piece++) {
            for (int i = 0; i < calls.size(); i++) {
                List<String> arguments = calls.get(i).arguments();
                if (piece < arguments.size()) {
                    deltas.add(more(index(i), arguments.get(piece)));
                }
            }
        }
    }

    private Object index(int position) {
        if (turn.has(Quirk.NO_TOOL_INDEX)) {
            return JsonWriter.ABSENT;
        }
        return turn.has(Quirk.ZERO_TOOL_INDEX) ? 0 : position;
    }

    private Map<String, @Nullable Object> header(Object index, AnswerPart.ToolCall call, String arguments) {
        return JsonWriter.object(
                "index",
                index,
                "id",
                turn.has(Quirk.NO_TOOL_ID) ? JsonWriter.ABSENT : call.id(),
                "type",
                "function",
                "function",
                JsonWriter.object("name", call.name(), "arguments", arguments));
    }

    private static Map<String, @Nullable Object> more(Object index, String arguments) {
        return JsonWriter.object("index", index, "function", JsonWriter.object("arguments", arguments));
    }
}
