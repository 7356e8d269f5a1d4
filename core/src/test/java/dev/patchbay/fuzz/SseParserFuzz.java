package dev.patchbay.fuzz;

import dev.patchbay.codec.sse.SseParser;
import dev.patchbay.codec.vectors.Upstream;
import dev.patchbay.codec.vectors.Vector;
import dev.patchbay.codec.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** However a stream is cut, the events are those that a plain reading of the whole gives, and no buffer outgrows it. */
final class SseParserFuzz implements FuzzTarget {

    private static final int SLACK = 2048;

    @Override
    public void fuzz(byte[] data) {
        FuzzInput input = FuzzInput.of(data);
        boolean clean = input.choice(0);
        List<String> expected = PlainSse.events(input.content(), clean);
        Promise.same(
                expected.toString(),
                parsed(input.content(), Integer.MAX_VALUE, clean).toString(),
                "the whole at once");
        Promise.same(
                expected.toString(),
                parsed(input.content(), input.pieceSize(), clean).toString(),
                "in pieces of " + input.pieceSize());
        Promise.same(expected.toString(), parsed(input.content(), 1, clean).toString(), "byte by byte");
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (Vector vector : Vectors.all()) {
            if (vector.input().has("lines")) {
                String text = new String(Upstream.bytes(vector.input()), StandardCharsets.UTF_8);
                seeds.add(seed(text));
                seeds.add(seed(text.replace("\n", "\r\n")));
            }
        }
        seeds.add(seed("\uFEFFdata: a\ndata\ndata:  b\nevent: x\nid: 1\nretry: 2\n: comment\n\ndata:\n\nevent: y"));
        seeds.add(seed("data: one\ndata: two\r\rdata: {\"a\":1}\ndata: {\"b\":NaN}\ndata: [DONE]\n"));
        seeds.add(seed("event: e\rdata: {}\r\r\ndata: [DONE]"));
        return seeds;
    }

    private static List<String> parsed(byte[] content, int pieceSize, boolean clean) {
        List<String> events = new ArrayList<>();
        int most = 2 * content.length + SLACK;
        SseParser parser = new SseParser((name, data, length) -> {
            Promise.holds(data.length <= most, "a buffer is at most twice as long as what was read");
            events.add(name + "=" + new String(data, 0, length, StandardCharsets.ISO_8859_1));
        });
        for (int at = 0; at < content.length; ) {
            int length = Math.min(pieceSize, content.length - at);
            parser.feed(content, at, length);
            at += length;
        }
        parser.end(clean);
        return events;
    }

    private static byte[] seed(String text) {
        return FuzzInput.bytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
