package dev.patchbay.fuzz;

import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.vectors.Upstream;
import dev.patchbay.codec.vectors.Vector;
import dev.patchbay.codec.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Whatever an upstream streams, and however it is cut, every client gets a stream that keeps the grammar of its dialect. */
final class StreamFuzz implements FuzzTarget {

    private static final Pattern FRESH_ID = Pattern.compile("(msg|toolu)_[A-Za-z0-9]{24}");

    private final WireDialect upstream;
    private final String direction;

    /**
     * A target for one dialect.
     *
     * @param direction how the directions of its vectors begin
     */
    StreamFuzz(WireDialect upstream, String direction) {
        this.upstream = upstream;
        this.direction = direction;
    }

    @Override
    public void fuzz(byte[] data) {
        FuzzInput input = FuzzInput.of(data);
        ResponsesRequest asked = SomeRequests.of(input.choices() >> 2);
        String whole = played(input, asked, EveryClient.MESSAGES, Integer.MAX_VALUE);
        String pieces = played(input, asked, EveryClient.MESSAGES, input.pieceSize());
        Promise.same(whole, pieces, "in pieces of " + input.pieceSize());
        played(input, asked, input.choice(4) ? EveryClient.CHAT_WITH_USAGE : EveryClient.CHAT, input.pieceSize());
        played(input, asked, EveryClient.RESPONSES, Integer.MAX_VALUE);
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (Vector vector : Vectors.all()) {
            if (vector.direction().startsWith(direction) && vector.input().has("lines")) {
                byte[] content = Upstream.bytes(vector.input());
                boolean clean = vector.input().path("end").asText().equals("eof");
                for (int choices = 0; choices < 32; choices += 21) {
                    seeds.add(FuzzInput.bytes((byte) (choices ^ (clean ? 8 : 0)), (byte) content.length, content));
                }
            }
        }
        for (String stream : OddStreams.of(direction)) {
            byte[] content = stream.getBytes(StandardCharsets.UTF_8);
            for (int choices = 0; choices < 16; choices++) {
                seeds.add(FuzzInput.bytes((byte) choices, (byte) (7 + choices), content));
            }
        }
        return seeds;
    }

    /** What the client is sent, judged, with every fresh id alike. */
    private String played(FuzzInput input, ResponsesRequest asked, EveryClient client, int pieceSize) {
        Quirks quirks = SomeQuirks.of(input.choices());
        Upstream played = new Upstream(upstream, asked.request(), quirks, client.encoder(asked));
        played.play(input.content(), input.choice(3), pieceSize);
        Promise.noViolations(client.violations(played.text()), played.text());
        return FRESH_ID.matcher(played.text()).replaceAll("$1_fresh");
    }
}
