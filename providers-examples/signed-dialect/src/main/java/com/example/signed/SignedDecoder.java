package com.example.signed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.DialectCodec;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads lines of JSON: {@code {"text": …}}, {@code {"thought": …}}, {@code {"call": id, "name": …, "input": {…}}}, and at the end
 * {@code {"end": "stop" | "length" | "calls" | "refused", "used": [tokens in, tokens out]}}.
 */
final class SignedDecoder implements DialectCodec.AnswerDecoder {

    private static final Map<String, StopReason> ENDS = Map.of(
            "stop", StopReason.END_TURN,
            "length", StopReason.MAX_TOKENS,
            "calls", StopReason.TOOL_USE,
            "refused", StopReason.REFUSAL);

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<ChatEvent> events = new ArrayList<>();
    private String open = "";
    private int index = -1;
    private boolean ended;

    SignedDecoder(String id) {
        events.add(ChatEvent.started(id, "", Usage.unknown()));
    }

    @Override
    public List<ChatEvent> decode(byte[] piece) {
        // A line is complete bytes of UTF-8, wherever the pieces were cut.
        for (byte b : piece) {
            if (b == '\n') {
                read(line.toString(UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }
        return taken();
    }

    @Override
    public List<ChatEvent> end() {
        if (!ended) {
            throw new ProviderException(ProviderException.Kind.SERVER, "the answer broke off");
        }
        return taken();
    }

    private List<ChatEvent> taken() {
        List<ChatEvent> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    private void read(String text) {
        Map<String, Object> step = step(text);
        if (step.get("text") instanceof String piece) {
            open("text");
            events.add(ChatEvent.textDelta(index, piece));
        } else if (step.get("thought") instanceof String piece) {
            open("thought");
            events.add(ChatEvent.thinkingDelta(index, piece));
        } else if (step.get("call") instanceof String id) {
            close();
            events.add(ChatEvent.toolUseStarted(++index, id, String.valueOf(step.get("name"))));
            events.add(ChatEvent.inputDelta(index, json(step.get("input"))));
            events.add(ChatEvent.blockStopped(index));
        } else if (step.get("end") instanceof String reason) {
            close();
            ended = true;
            events.add(ChatEvent.finishing(ENDS.getOrDefault(reason, new StopReason(reason)), usage(step.get("used"))));
            events.add(ChatEvent.stopped());
        } else {
            throw unreadable();
        }
    }

    private void open(String kind) {
        if (!open.equals(kind)) {
            close();
            open = kind;
            index++;
            events.add(kind.equals("text") ? ChatEvent.textStarted(index) : ChatEvent.thinkingStarted(index));
        }
    }

    private void close() {
        if (!open.isEmpty()) {
            events.add(ChatEvent.blockStopped(index));
            open = "";
        }
    }

    private static Usage usage(Object used) {
        return used instanceof List<?> counts
                        && counts.size() == 2
                        && counts.get(0) instanceof Number in
                        && counts.get(1) instanceof Number out
                ? Usage.builder()
                        .inputTokens(in.longValue())
                        .outputTokens(out.longValue())
                        .build()
                : Usage.unknown();
    }

    private static Map<String, Object> step(String text) {
        try {
            return JSON.std.mapFrom(text);
        } catch (IOException e) {
            throw unreadable();
        }
    }

    private static String json(Object input) {
        try {
            return JSON.std.asString(input);
        } catch (IOException e) {
            throw unreadable();
        }
    }

    private static ProviderException unreadable() {
        return new ProviderException(ProviderException.Kind.SERVER, "the provider's answer cannot be read");
    }
}
