package dev.patchbay.codec.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.sse.RepeatedEvents;
import dev.patchbay.codec.sse.SseData;
import dev.patchbay.codec.sse.SseParser;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the event stream of Anthropic Messages.
 *
 * <p>Blocks are numbered anew and kept apart, so that what is emitted is in order even where a server's own numbers are
 * not. Events of unknown types are skipped; a stream that ends without {@code message_stop} is complete if it said why it
 * ended, and a failure otherwise (dialects.md, VS3).
 */
public final class MessagesStreamDecoder implements StreamDecoder {

    private static final Set<String> KNOWN = Set.of(
            "message_start",
            "content_block_start",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop",
            "ping");

    private final Consumer<ChatEvent> sink;
    private final SseParser parser = new SseParser(this::event);
    private final RepeatedEvents events = new RepeatedEvents();
    private final OpenBlock block;
    private Usage usage = Usage.unknown();
    private Optional<StopReason> stopReason = Optional.empty();
    private Optional<String> stopSequence = Optional.empty();
    private Optional<ContentBlock.Text> explanation = Optional.empty();
    private boolean started;
    private boolean done;

    /**
     * A decoder for one answer.
     *
     * @param request the request that is answered; its tools give their names back, its calls have their ids
     */
    public MessagesStreamDecoder(ChatRequest request, Consumer<ChatEvent> sink) {
        this.sink = sink;
        this.block = new OpenBlock(new UsableBlocks(request), sink);
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) {
        if (!done) {
            attempt(() -> parser.feed(bytes, offset, length));
        }
    }

    @Override
    public void line(String line) {
        if (!done) {
            attempt(() -> parser.line(line));
        }
    }

    @Override
    public void end(boolean clean) {
        if (!done) {
            attempt(() -> parser.end(clean));
        }
        if (done) {
            return;
        }
        if (!isWhole()) {
            throw failure(Bodies.unusable("upstream stream ended before completion"));
        }
        complete();
    }

    @Override
    public boolean isWhole() {
        return started && stopReason.isPresent();
    }

    @Override
    public boolean isDone() {
        return done;
    }

    /** After a failure of whatever kind nothing more is read. */
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (ProviderException failure) {
            throw failure(failure);
        }
    }

    @Override
    public int held() {
        return parser.held() + block.held();
    }

    private void event(String name, byte[] data, int length) {
        if (done || SseData.isKeepAlive(name, data, length) || SseData.isDoneMarker(data, length)) {
            return;
        }
        Optional<JsonNode> value = events.parse(data, length);
        if (value.isEmpty()) {
            fail(SseData.unreadable(name, data, length));
            return;
        }
        JsonNode event = value.get();
        switch (type(name, event)) {
            case "message_start" -> start(event.path("message"));
            case "content_block_start" -> blockStart(event);
            case "content_block_delta" -> {
                start(event.path("message"));
                block.delta(index(event), event.path("delta"));
            }
            case "content_block_stop" -> block.stop(index(event));
            case "message_delta" -> messageDelta(event);
            case "message_stop" -> complete();
            case "error" -> fail(ErrorReader.readInside(event).toException());
            default -> {}
        }
    }

    private void start(JsonNode message) {
        if (!started) {
            started = true;
            usage = UsageJson.read(message.path("usage"));
            sink.accept(ChatEvent.started(
                    text(message, "id").orElse(""), text(message, "model").orElse(""), usage));
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
        Optional<String> said = text(delta, "stop_reason");
        if (said.isPresent()) {
            stopReason = Optional.of(MessagesStop.reason(said, block.calledTools()));
        }
        stopSequence = text(delta, "stop_sequence").or(() -> stopSequence);
        explanation = MessagesStop.explanation(delta).or(() -> explanation);
    }

    private void complete() {
        if (!started) {
            throw failure(Bodies.unusable("upstream ended the stream without an answer"));
        }
        if (stopReason.isEmpty() && block.isCut()) {
            throw failure(Bodies.unusable("upstream stream ended inside the arguments of a tool call"));
        }
        done = true;
        block.stop();
        explanation.ifPresent(block::add);
        StopReason reason = stopReason.orElseGet(() -> MessagesStop.reason(Optional.empty(), block.calledTools()));
        sink.accept(ChatEvent.finishing(reason, stopSequence.orElse(""), usage));
        sink.accept(ChatEvent.stopped());
    }

    /** An error behind the reason why the answer ended is of no interest any more (S12). */
    private void fail(ProviderException failure) {
        if (!isWhole()) {
            throw failure(failure);
        }
    }

    private ProviderException failure(ProviderException failure) {
        done = true;
        return failure;
    }

    private static String type(String name, JsonNode event) {
        String said = event.path("type").asText(name);
        JsonNode error = event.path("error");
        boolean failed = name.equals("error")
                || error.isObject()
                || error.isTextual()
                || (!KNOWN.contains(said) && ErrorReader.isError(event));
        return failed ? "error" : said;
    }

    private static int index(JsonNode event) {
        return event.path("index").asInt(0);
    }

    private static Optional<String> text(JsonNode node, String member) {
        return Optional.of(node.path(member).asText("")).filter(text -> !text.isEmpty());
    }
}
