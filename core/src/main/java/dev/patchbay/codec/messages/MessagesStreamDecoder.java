package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.sse.SseData;
import dev.patchbay.codec.sse.SseParser;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the event stream of Anthropic Messages.
 *
 * <p>Blocks are numbered anew and kept apart, so that what is emitted is in order even where a server's own numbers are
 * not. Events of unknown types are skipped; a stream without {@code message_stop} is a failure (dialects.md, VS3).
 */
public final class MessagesStreamDecoder implements StreamDecoder {

    private final Consumer<ChatEvent> sink;
    private final SseParser parser = new SseParser(this::event);
    private final OpenBlock block;
    private Usage usage = Usage.unknown();
    private Optional<StopReason> stopReason = Optional.empty();
    private Optional<String> stopSequence = Optional.empty();
    private boolean started;
    private boolean done;

    /** A decoder for one answer. */
    public MessagesStreamDecoder(Consumer<ChatEvent> sink) {
        this.sink = sink;
        this.block = new OpenBlock(sink);
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) {
        if (!done) {
            parser.feed(bytes, offset, length);
        }
    }

    @Override
    public void line(String line) {
        if (!done) {
            parser.line(line);
        }
    }

    @Override
    public void end(boolean clean) {
        if (!done) {
            parser.end(clean);
        }
        if (!done) {
            throw failure(Bodies.unusable("upstream stream ended before completion"));
        }
    }

    @Override
    public boolean isDone() {
        return done;
    }

    private void event(String name, byte[] data, int length) {
        if (done || SseData.isBlank(data, length) || SseData.isDoneMarker(data, length)) {
            return;
        }
        Optional<JsonNode> value = SseData.parse(data, length);
        if (value.isEmpty()) {
            throw failure(SseData.unreadable(name, data, length));
        }
        JsonNode event = value.get();
        switch (type(name, event)) {
            case "message_start" -> start(event.path("message"));
            case "content_block_start" -> blockStart(event);
            case "content_block_delta" -> block.delta(index(event), event.path("delta"));
            case "content_block_stop" -> block.stop(index(event));
            case "message_delta" -> messageDelta(event);
            case "message_stop" -> complete();
            case "error" -> throw failure(ErrorReader.readInside(event).toException());
            default -> {}
        }
    }

    private void start(JsonNode message) {
        if (!started) {
            started = true;
            usage = UsageJson.read(message.path("usage"));
            sink.accept(new ChatEvent.Started(text(message, "id"), text(message, "model"), usage));
        }
    }

    private void blockStart(JsonNode event) {
        if (event.path("content_block") instanceof ObjectNode node) {
            start(event.path("message"));
            block.start(index(event), node);
        }
    }

    private void messageDelta(JsonNode event) {
        JsonNode delta = event.path("delta");
        usage = usage.updatedBy(UsageJson.read(event.path("usage")));
        stopReason = text(delta, "stop_reason").map(StopReason::new).or(() -> stopReason);
        stopSequence = text(delta, "stop_sequence").or(() -> stopSequence);
    }

    private void complete() {
        if (!started) {
            throw failure(Bodies.unusable("upstream ended the stream without an answer"));
        }
        done = true;
        block.stop();
        StopReason natural = block.calledTools() ? StopReason.TOOL_USE : StopReason.END_TURN;
        sink.accept(new ChatEvent.Finishing(stopReason.orElse(natural), stopSequence, usage));
        sink.accept(new ChatEvent.Stopped());
    }

    private ProviderException failure(ProviderException failure) {
        done = true;
        return failure;
    }

    private static String type(String name, JsonNode event) {
        boolean failed = name.equals("error") || event.path("error").isObject();
        return failed ? "error" : event.path("type").asText(name);
    }

    private static int index(JsonNode event) {
        return event.path("index").asInt(0);
    }

    private static Optional<String> text(JsonNode node, String member) {
        return Optional.of(node.path(member).asText("")).filter(text -> !text.isEmpty());
    }
}
