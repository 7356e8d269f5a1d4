package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays the upstream of a stream vector into a decoder, and collects what an encoder makes of the events. */
public final class Upstream {

    private final WireDialect dialect;
    private final ChatRequest request;
    private final Quirks quirks;
    private final StreamEncoder encoder;
    private final StringBuilder sent = new StringBuilder();
    private final List<Integer> sentAfterLine = new ArrayList<>();
    private @Nullable ProviderException failure;

    public Upstream(WireDialect dialect, ChatRequest request, Quirks quirks, StreamEncoder encoder) {
        this.dialect = dialect;
        this.request = request;
        this.quirks = quirks;
        this.encoder = encoder;
    }

    /** Plays the input of a vector, line by line. */
    public void play(JsonNode input) {
        if (input.has("body")) {
            attempt(() ->
                    dialect.decode(request, quirks, input.path("body"), event -> sent.append(encoder.encode(event))));
            return;
        }
        StreamDecoder decoder = decoder();
        for (JsonNode line : input.path("lines")) {
            attempt(() -> decoder.line(line.asText()));
            sentAfterLine.add(sent.length());
        }
        attempt(() -> decoder.end(input.path("end").asText().equals("eof")));
    }

    /** Plays bytes in pieces of the given sizes, over and over. */
    public void play(byte[] bytes, boolean clean, int... sizes) {
        StreamDecoder decoder = decoder();
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int offset = at;
            int length = Math.min(sizes[i % sizes.length], bytes.length - at);
            attempt(() -> decoder.feed(bytes, offset, length));
            at += length;
        }
        attempt(() -> decoder.end(clean));
    }

    /** The lines of a vector as they are on the wire. */
    public static byte[] bytes(JsonNode input) {
        StringBuilder text = new StringBuilder();
        input.path("lines").forEach(line -> text.append(line.asText()).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The data of all events sent. */
    public List<String> data() {
        return data(sent.toString());
    }

    /** The data of the events sent by the time a line had been played; lines count from 1. */
    public List<String> dataAfterLine(int line) {
        return data(sent.substring(0, sentAfterLine.get(line - 1)));
    }

    public String text() {
        return sent.toString();
    }

    public Optional<ProviderException> failure() {
        return Optional.ofNullable(failure);
    }

    private StreamDecoder decoder() {
        return dialect.streamDecoder(request, quirks, event -> sent.append(encoder.encode(event)));
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (ProviderException failed) {
            if (failure != null) {
                throw new AssertionError("failed twice", failed);
            }
            failure = failed;
            sent.append(encoder.fail(failed));
        }
    }

    private static List<String> data(String text) {
        List<String> data = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("data: ")) {
                data.add(line.substring("data: ".length()));
            }
        }
        return data;
    }
}
