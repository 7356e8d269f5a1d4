package dev.patchbay.testkit;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A whole answer, pulled to its end. Immutable. */
public final class Transcript {

    /**
     * A tool call as it was streamed.
     *
     * @param input the pieces of its input put together: JSON text, empty for no input
     */
    public record ToolCall(String id, String name, String input) {}

    private final List<ChatEvent> events;

    private Transcript(List<ChatEvent> events) {
        this.events = List.copyOf(events);
    }

    /**
     * Pulls a stream to its end and closes it.
     *
     * @throws AssertionError if the events are not in the order that {@link ChatEvent} describes, or if the stream goes on
     *     after its end
     */
    public static Transcript of(ChatStream stream) {
        try (stream) {
            List<ChatEvent> events = new ArrayList<>();
            EventGrammar grammar = new EventGrammar();
            for (Optional<ChatEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
                grammar.accept(event.get());
                events.add(event.get());
            }
            grammar.end();
            if (stream.next().isPresent()) {
                throw new AssertionError("the stream goes on after its end");
            }
            return new Transcript(events);
        }
    }

    public List<ChatEvent> events() {
        return events;
    }

    /** All text, put together. */
    public String text() {
        return join(event -> event instanceof ChatEvent.TextDelta delta ? delta.text() : "");
    }

    /** All thoughts, put together. */
    public String thinking() {
        return join(event -> event instanceof ChatEvent.ThinkingDelta delta ? delta.thinking() : "");
    }

    public List<ToolCall> toolCalls() {
        List<ToolCall> calls = new ArrayList<>();
        for (ChatEvent event : events) {
            if (event instanceof ChatEvent.BlockStarted started
                    && started.block() instanceof ContentBlock.ToolUse call) {
                calls.add(new ToolCall(call.id(), call.name(), input(started.index())));
            }
        }
        return calls;
    }

    public StopReason stopReason() {
        return finishing().reason();
    }

    /** The counts of the start and the end, the latter winning. */
    public Usage usage() {
        ChatEvent.Started started = (ChatEvent.Started) events.get(0);
        return started.usage().updatedBy(finishing().usage());
    }

    private ChatEvent.Finishing finishing() {
        return (ChatEvent.Finishing) events.get(events.size() - 2);
    }

    private String input(int index) {
        return join(event -> event instanceof ChatEvent.InputDelta delta && delta.index() == index ? delta.json() : "");
    }

    private String join(Function<ChatEvent, String> text) {
        return events.stream().map(text).collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return events.stream().map(ChatEvent::toString).collect(Collectors.joining("\n"));
    }
}
