package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.ErrorReader;
import dev.patchbay.codec.OpenAiUsage;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.UsageEstimate;
import dev.patchbay.codec.responses.OutputItem.Kind;
import dev.patchbay.codec.sse.RepeatedEvents;
import dev.patchbay.codec.sse.SseData;
import dev.patchbay.codec.sse.SseParser;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Usage;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the event stream of a Responses endpoint (dialects.md, 1.11).
 *
 * <p>Nothing but {@code response.completed} (which some call {@code response.done}) or {@code response.incomplete} makes an
 * answer whole; events of unknown types are skipped.
 */
final class ResponsesStreamDecoder implements StreamDecoder {

    private final ChatRequest request;
    private final Quirks quirks;
    private final Consumer<ChatEvent> sink;
    private final SseParser parser = new SseParser(this::event);
    private final RepeatedEvents events = new RepeatedEvents();
    private final OutputItems items;
    private Optional<String> id = Optional.empty();
    private Optional<String> model = Optional.empty();
    private long answered;
    private boolean started;
    private boolean done;

    /**
     * A decoder for one answer.
     *
     * @param request the request that is answered; its tools give their names back
     * @param quirks the quirks that the request was encoded with
     * @param sink takes the events
     */
    ResponsesStreamDecoder(ChatRequest request, Quirks quirks, Consumer<ChatEvent> sink) {
        this.request = request;
        this.quirks = quirks;
        this.sink = sink;
        this.items = new OutputItems(request, quirks, this::emit);
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
            throw cut();
        }
    }

    @Override
    public boolean isDone() {
        return done;
    }

    /** There is no such time: the event that says why an answer ended is its end. */
    @Override
    public boolean isWhole() {
        return false;
    }

    private void event(String name, byte[] data, int length) {
        if (done || SseData.isKeepAlive(name, data, length)) {
            return;
        }
        if (SseData.isDoneMarker(data, length)) {
            throw cut();
        }
        Optional<JsonNode> value = events.parse(data, length);
        if (value.isEmpty()) {
            throw failure(SseData.unreadable(name, data, length));
        }
        event(value.get().path("type").asText(name), value.get());
    }

    private void event(String type, JsonNode event) {
        switch (type) {
            case "response.output_text.delta" -> items.delta(Kind.TEXT, event, delta(event));
            case "response.function_call_arguments.delta" -> items.delta(Kind.CALL, event, delta(event));
            case "response.custom_tool_call_input.delta" -> items.delta(Kind.FREE_FORM_CALL, event, delta(event));
            case "response.reasoning_summary_text.delta", "response.reasoning_summary.delta" ->
                items.thinking(event, delta(event), "summary");
            case "response.reasoning_text.delta", "response.reasoning.delta", "response.reasoning_content.delta" ->
                items.thinking(event, delta(event), "full");
            case "response.refusal.delta" -> items.refusal(event, delta(event));
            case "response.created", "response.in_progress", "response.queued" -> begun(event.path("response"));
            case "response.output_item.added" -> items.added(event);
            case "response.output_item.done" -> items.done(event);
            case "response.content_part.added" -> items.part(event);
            case "response.reasoning_summary_part.added" -> items.paragraph(event);
            case "response.completed", "response.incomplete", "response.done" -> ended(event.path("response"));
            case "response.failed", "response.cancelled" -> throw failure(failed(event));
            case "error" -> throw failure(ErrorReader.readInside(event).toException());
            default -> whole(type, event);
        }
    }

    /** What repeats text that came in pieces; and what has an error in it, whatever it is called. */
    private void whole(String type, JsonNode event) {
        switch (type) {
            case "response.output_text.done" ->
                items.wholePart(Kind.TEXT, event, event.path("text").asText(""));
            case "response.refusal.done" ->
                items.wholeRefusal(event, event.path("refusal").asText(""));
            case "response.function_call_arguments.done" -> items.wholeArguments(event);
            case "response.custom_tool_call_input.done" ->
                items.wholePart(Kind.FREE_FORM_CALL, event, event.path("input").asText(""));
            case "response.output_text.annotation.added" -> items.cited(event);
            default -> {
                if (event.path("error").isObject() && !event.path("error").isEmpty()) {
                    throw failure(ErrorReader.readInside(event).toException());
                }
            }
        }
    }

    /** A text, or an object with one, as OpenAI's first events of reasoning had it. */
    private static String delta(JsonNode event) {
        JsonNode delta = event.path("delta");
        return (delta.isObject() ? delta.path("text") : delta).asText("");
    }

    private void begun(JsonNode response) {
        id = ResponsesAnswerReader.text(response, "id");
        model = ResponsesAnswerReader.text(response, "model");
    }

    private void ended(JsonNode response) {
        Optional<ProviderException> failure = ResponsesEnd.failure(response);
        if (failure.isPresent()) {
            throw failure(failure.get());
        }
        if (id.isEmpty()) {
            begun(response);
        }
        items.repeated(response.path("output"));
        Optional<ProviderException> cut = ResponsesEnd.cut(response, items);
        if (cut.isPresent()) {
            throw failure(cut.get());
        }
        done = true;
        start();
        items.finish();
        JsonNode usage = response.path("usage");
        Usage counts = quirks.estimateUsage() && !usage.isObject()
                ? UsageEstimate.of(request, answered)
                : OpenAiUsage.read(usage);
        sink.accept(ResponsesEnd.event(response, items, counts));
        sink.accept(ChatEvent.stopped());
    }

    /** Some gateways tell the cause beside the response (openai/codex#24973). */
    private static ProviderException failed(JsonNode event) {
        JsonNode response = event.path("response");
        if (!response.hasNonNull("error") && event.hasNonNull("error")) {
            return ErrorReader.readInside(event).toException();
        }
        return ResponsesEnd.failure(response)
                .orElseGet(() -> Bodies.unusable("upstream reported that its answer failed, without a message"));
    }

    private void emit(ChatEvent event) {
        start();
        if (quirks.estimateUsage()) {
            answered += length(event);
        }
        sink.accept(event);
    }

    private void start() {
        if (!started) {
            started = true;
            sink.accept(ChatEvent.started(id.orElse(""), model.orElse(""), Usage.unknown()));
        }
    }

    private static int length(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta) {
            return delta.text().length();
        }
        if (event instanceof ChatEvent.ThinkingDelta delta) {
            return delta.thinking().length();
        }
        return event instanceof ChatEvent.InputDelta delta ? delta.json().length() : 0;
    }

    private ProviderException cut() {
        return failure(Bodies.unusable("upstream stream ended before completion"));
    }

    private ProviderException failure(ProviderException failure) {
        done = true;
        return failure;
    }
}
