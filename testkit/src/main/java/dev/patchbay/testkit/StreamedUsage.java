package dev.patchbay.testkit;

import java.util.ArrayList;
import java.util.List;

/** Where a stream of OpenAI's chat dialect tells its usage: 1 500 tokens in, 500 of them from a cache, 100 out. */
public enum StreamedUsage {
    /** In a chunk of its own behind the last. */
    LAST,
    /** In the first chunk alone. */
    FIRST,
    /** In every chunk, growing. */
    EVERY,
    /** Nowhere. */
    NEVER;

    private static final int CHUNKS = 3;

    /** A stream of three words. */
    public Answer answer() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < CHUNKS; i++) {
            boolean told = this == EVERY || (this == FIRST && i == 0);
            int output = this == EVERY ? 1 + i : 100;
            lines.add("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"}}]"
                    + (told ? "," + usage(output) : "") + "}");
            lines.add("");
        }
        lines.add("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]"
                + (this == EVERY ? "," + usage(100) : "") + "}");
        lines.add("");
        if (this == LAST) {
            lines.add("data: {\"choices\":[]," + usage(100) + "}");
            lines.add("");
        }
        lines.add("data: [DONE]");
        lines.add("");
        return Answer.sse(lines);
    }

    private static String usage(int output) {
        return "\"usage\":{\"prompt_tokens\":1500,\"completion_tokens\":" + output + ",\"total_tokens\":"
                + (1500 + output) + ",\"prompt_tokens_details\":{\"cached_tokens\":500}}";
    }
}
