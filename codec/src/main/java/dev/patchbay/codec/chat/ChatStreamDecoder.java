package dev.patchbay.codec.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.CallIds;
import dev.patchbay.codec.OpenAiUsage;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.UsageEstimate;
import dev.patchbay.codec.WebCitations;
import dev.patchbay.codec.sse.RepeatedEvents;
import dev.patchbay.codec.sse.SseData;
import dev.patchbay.codec.sse.SseParser;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Usage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the event stream of a chat endpoint (dialects.md, section 1.3). */
public final class ChatStreamDecoder implements StreamDecoder {

    private final ChatRequest request;
    private final Quirks quirks;
    private final Consumer<ChatEvent> sink;
    private final SseParser parser = new SseParser(this::event);
    private final RepeatedEvents chunks = new RepeatedEvents();
    private final Segments segments = new Segments(this::emit);
    private final ToolCalls calls;
    private final ChatFinish finish;
    private final ReasoningDetails details = new ReasoningDetails();

    /** Null where text is text. */
    private final @Nullable ThinkTags tags;

    private @Nullable Usage usage;
    private String id = "";
    private String model = "";
    private long answered;
    private boolean started;
    private boolean choiceSeen;

    /** Whether deltas said something: a whole message behind them repeats what they said (hermes-browser-extension#11). */
    private boolean answersInPieces;

    private boolean done;

    /**
     * A decoder for one answer.
     *
     * @param request the request that is answered; its tools give their names back, its stop sequences are recognised
     * @param quirks the quirks that the request was encoded with
     * @param sink takes the events
     */
    public ChatStreamDecoder(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink) {
        this.request = request;
        this.quirks = quirks;
        this.sink = sink;
        this.calls = new ToolCalls(
                segments, ToolNames.of(request.tools(), quirks.toolNameMax()), CallIds.in(request), details);
        this.finish = new ChatFinish(request);
        this.tags = quirks.thinkTags() ? new ThinkTags(segments::thinking, segments::text) : null;
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
        if (done) {
            return;
        }
        attempt(() -> parser.end(clean));
        if (done) {
            return;
        }
        if (!choiceSeen || !(clean ? finish.isSeen() : finish.isMeant())) {
            throw failure(Bodies.unusable("upstream stream ended before completion"));
        }
        complete();
    }

    @Override
    public boolean isWhole() {
        return choiceSeen && finish.isMeant() && (segments.hasAnswer() || !finish.isStop());
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
        return parser.held() + segments.held();
    }

    private void event(String name, byte[] data, int length) {
        if (done || SseData.isKeepAlive(name, data, length)) {
            return;
        }
        if (SseData.isDoneMarker(data, length)) {
            marker();
            return;
        }
        Optional<JsonNode> value = chunks.parse(data, length);
        if (value.isEmpty()) {
            fail(SseData.unreadable(name, data, length));
        } else if (name.equals("error") || ChatErrors.isError(value.get())) {
            fail(ChatErrors.exception(value.get()));
        } else {
            chunk(value.get());
        }
    }

    private void chunk(JsonNode chunk) {
        JsonNode choice = ChatChunks.choice(chunk.path("choices"));
        JsonNode counts = OpenAiUsage.find(chunk, choice);
        if (OpenAiUsage.isPresent(counts)) {
            usage = OpenAiUsage.later(usage, counts);
        }
        if (!choice.isObject()) {
            return;
        }
        choiceSeen = true;
        if (id.isEmpty()) {
            id = chunk.path("id").asText("");
            model = chunk.path("model").asText("");
        }
        if (ChatFinish.failed(choice)) {
            fail(ChatErrors.finishedWithError(choice));
            return;
        }
        JsonNode piece = choice.path("delta");
        boolean inPieces = piece.isObject() && (!choice.path("message").isObject() || ChatFinish.says(piece));
        boolean isNew = inPieces || !answersInPieces;
        if (isNew) {
            delta(ChatChunks.said(choice, "delta"));
        }
        segments.cite(WebCitations.beside(chunk));
        finish.chunk(choice, isNew);
        answersInPieces = answersInPieces || (inPieces && ChatFinish.says(piece));
    }

    private void delta(JsonNode delta) {
        if (!delta.isObject() || delta.isEmpty()) {
            return;
        }
        if (delta.size() == 1) {
            // Most chunks of an answer: none of the other members has to be looked for.
            JsonNode only = delta.elements().next();
            if (only.isTextual() && delta.has("content")) {
                text(only.textValue());
                return;
            }
            if (only.isArray() && delta.has("tool_calls")) {
                calls(delta);
                return;
            }
        }
        details.add(delta.path(AssistantMessage.DETAILS));
        thinking(ChatText.thinking(delta));
        text(ChatText.text(delta));
        text(ChatText.images(delta));
        segments.cite(WebCitations.of(delta.path("annotations")));
        String refusal = ChatText.refusal(delta);
        if (!refusal.isEmpty()) {
            finish.refused();
            endTags();
            segments.refusal(refusal);
        }
        calls(delta);
        JsonNode legacy = delta.path("function_call");
        if (legacy.isObject()) {
            calls.legacyDelta(legacy);
        }
    }

    private void calls(JsonNode delta) {
        List<JsonNode> toolCalls = ChatChunks.calls(delta);
        if (!toolCalls.isEmpty()) {
            endTags();
            toolCalls.forEach(calls::delta);
        }
    }

    private void thinking(String thought) {
        if (tags != null && !thought.isEmpty()) {
            tags.thoughtElsewhere();
        }
        segments.thinking(thought);
    }

    private void text(String text) {
        if (tags == null) {
            segments.text(text);
        } else {
            tags.content(text);
        }
    }

    private void endTags() {
        if (tags != null) {
            tags.end();
        }
    }

    /** The end as the upstream marks it, which is trusted unless a call is plainly cut (S11). */
    private void marker() {
        if (!choiceSeen) {
            throw failure(Bodies.unusable("upstream ended the stream without an answer"));
        }
        if (!finish.isSeen() && segments.hasCutCall()) {
            throw failure(Bodies.unusable("upstream stream ended inside the arguments of a tool call"));
        }
        complete();
    }

    private void complete() {
        done = true;
        start();
        endTags();
        segments.finish();
        sink.accept(finish.event(segments.calledTools(), usage()));
        sink.accept(ChatEvent.stopped());
    }

    private Usage usage() {
        if (usage != null) {
            return usage;
        }
        return quirks.estimateUsage() ? UsageEstimate.of(request, answered) : Usage.unknown();
    }

    private void emit(ChatEvent event) {
        start();
        if (quirks.estimateUsage()) {
            answered += ChatChunks.textLength(event);
        }
        sink.accept(event);
    }

    private void start() {
        if (!started) {
            started = true;
            sink.accept(ChatEvent.started(id, model, Usage.unknown()));
        }
    }

    /** An error after the finish is of no interest any more (S12). */
    private void fail(ProviderException failure) {
        if (!finish.isMeant()) {
            throw failure(failure);
        }
    }

    private ProviderException failure(ProviderException failure) {
        done = true;
        return failure;
    }
}
