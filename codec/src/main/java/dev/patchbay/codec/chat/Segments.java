package dev.patchbay.codec.chat;

import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.chat.ProseSegment.Kind;
import dev.patchbay.spi.ChatEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an answer in their order, of which one at a time is open (dialects.md, S3, S7, S8 and S15).
 *
 * <p>The head passes everything on at once; the others wait until it is complete, or the answer ends. Used by one thread.
 */
final class Segments {

    /** Of what waits for its turn, in characters. */
    private static final long MOST_KEPT = 16L << 20;

    private final Consumer<ChatEvent> sink;
    private final Queue<Segment> waiting = new ArrayDeque<>();
    private final Set<Map<String, @Nullable Object>> cited = new HashSet<>();
    private final List<Map<String, @Nullable Object>> unplaced = new ArrayList<>();
    private @Nullable Segment head;
    private @Nullable Segment last;
    private long kept;
    private int blocks;
    private boolean calledTools;
    private boolean answered;
    private boolean ended;

    Segments(Consumer<ChatEvent> sink) {
        this.sink = sink;
    }

    void text(String text) {
        prose(text, Kind.TEXT);
    }

    void refusal(String text) {
        prose(text, Kind.REFUSAL);
    }

    void thinking(String text) {
        prose(text, Kind.THINKING);
    }

    /** Takes the web pages that the text cites, be it the one that came last or the one that comes next. */
    void cite(List<Map<String, @Nullable Object>> pages) {
        if (pages.isEmpty() && unplaced.isEmpty()) {
            return;
        }
        pages.stream().filter(page -> cited.add(page)).forEach(unplaced::add);
        if (last instanceof ProseSegment prose && !prose.isThinking() && !prose.isClosed()) {
            prose.cite(unplaced);
            unplaced.clear();
        }
    }

    /** Appends a new segment. */
    <T extends Segment> T add(T segment) {
        answered |= !(segment instanceof ProseSegment prose && prose.isThinking());
        last = segment;
        if (head == null) {
            head = segment;
        } else {
            waiting.add(segment);
        }
        advance();
        return segment;
    }

    /** Gives a segment more text; nothing is ever sent for a block that was closed. */
    void append(Segment segment, String text) {
        if (text.isEmpty() || segment.isClosed()) {
            return;
        }
        String fresh = segment.fresh(text);
        if (segment.isOpen()) {
            segment.send(fresh, sink);
        } else {
            kept += fresh.length();
            if (kept > MOST_KEPT) {
                throw Bodies.unusable(
                        "upstream sent more than " + (MOST_KEPT >> 20) + " MiB of an answer out of order");
            }
            segment.keep(fresh);
        }
        advance();
    }

    /** Opens and closes what can be, after something was learnt about a segment. */
    void advance() {
        openHead();
        while (head != null && !isLast() && head.isComplete()) {
            closeHead();
            openHead();
        }
    }

    /** How many characters wait for their turn. */
    int held() {
        return (int) kept;
    }

    /** Ends the answer: closes the head and sends the rest. A call that was never named is dropped. */
    void finish() {
        ended = true;
        while (head != null) {
            openHead();
            closeHead();
        }
    }

    /** Whether a tool call was sent. */
    boolean calledTools() {
        return calledTools;
    }

    /** Whether anything came but thinking. */
    boolean hasAnswer() {
        return answered;
    }

    /** Whether the arguments of some call broke off. */
    boolean hasCutCall() {
        return Stream.concat(Stream.ofNullable(head), waiting.stream())
                .anyMatch(segment -> segment instanceof ToolSegment call && call.isCut());
    }

    private void prose(String text, Kind kind) {
        if (text.isEmpty()) {
            return;
        }
        Segment target =
                last instanceof ProseSegment prose && prose.kind() == kind ? prose : add(new ProseSegment(kind));
        append(target, text);
        if (kind != Kind.THINKING && !unplaced.isEmpty()) {
            cite(List.of());
        }
    }

    private void openHead() {
        if (head != null && !head.isOpen() && head.canOpen(isLast())) {
            calledTools |= head instanceof ToolSegment;
            head.open(blocks++, sink);
        }
    }

    /** Whether nothing has begun behind the head, and something still may. */
    private boolean isLast() {
        return waiting.isEmpty() && !ended;
    }

    private void closeHead() {
        if (head != null && head.isOpen()) {
            head.close(sink);
        }
        head = waiting.poll();
        kept = waiting.isEmpty() ? 0 : kept;
    }
}
