package dev.patchbay.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls of tools as servers of OpenAI's chat dialect have torn or glued them in streams, and what they mean. */
@SuppressWarnings("ImmutableEnumChecker") // copies that nobody can change
public enum TornToolCalls {
    /** Pieces with an empty id and type. */
    EMPTY_IDS(
            Map.of("c1", "{\"x\":1}"),
            "{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}",
            "{\"index\":0,\"id\":\"\",\"type\":\"\",\"function\":{\"name\":\"\",\"arguments\":\"{\\\"x\\\":\"}}",
            "{\"index\":0,\"id\":\"\",\"type\":\"\",\"function\":{\"arguments\":\"1}\"}}"),
    /** No piece of arguments at all. */
    NO_ARGUMENTS(Map.of("c1", "{}"), "{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\"}}"),
    /** The same index, another id. */
    ONE_INDEX(
            Map.of("c1", "{}", "c2", "{}"),
            "{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}",
            "{\"index\":0,\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
    /** Four whole calls without an index. */
    NO_INDEX(
            Map.of("c1", "{\"x\":1}", "c2", "{\"x\":2}", "c3", "{\"x\":3}", "c4", "{\"x\":4}"),
            whole("c1", 1) + "," + whole("c2", 2) + "," + whole("c3", 3) + "," + whole("c4", 4));

    private final Map<String, String> arguments;
    private final List<String> chunks;

    TornToolCalls(Map<String, String> arguments, String... chunks) {
        this.arguments = Map.copyOf(arguments);
        this.chunks = List.of(chunks);
    }

    private static String whole(String id, int x) {
        return "{\"id\":\"" + id + "\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":"
                + x + "}\"}}";
    }

    /** The arguments of each call of the tool {@code f}, by its id. */
    public Map<String, String> arguments() {
        return arguments;
    }

    /** A stream of them. */
    public Answer answer() {
        List<String> lines = new ArrayList<>();
        for (String calls : chunks) {
            lines.add("data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[" + calls + "]}}]}");
            lines.add("");
        }
        lines.addAll(List.of(
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}",
                "",
                "data: [DONE]",
                ""));
        return Answer.sse(lines);
    }
}
