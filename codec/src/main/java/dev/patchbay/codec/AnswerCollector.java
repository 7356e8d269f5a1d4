package dev.patchbay.codec;

import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of an answer together. Useful at any time: of an answer that broke off it has what came. Used by one
 * thread.
 */
public final class AnswerCollector implements Consumer<ChatEvent> {

    /** The most characters that are kept of an answer; no model says as much, and what has no end fills the heap of whoever asks. */
    private static final int MOST_KEPT = 16 << 20;

    /** What a block or a member takes that says nothing. */
    private static final int ENTRY = 64;

    private final List<ContentBlock> content = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable ContentBlock open;
    private String signature = "";
    /** Citations of a text, or parts of what a tool at the provider returned. */
    private final List<Map<String, @Nullable Object>> parts = new ArrayList<>(0);

    private Optional<String> id = Optional.empty();
    private Optional<String> model = Optional.empty();
    private Optional<StopReason> stopReason = Optional.empty();
    private Optional<String> stopSequence = Optional.empty();
    private Usage usage = Usage.unknown();
    private long kept;

    /** @throws dev.patchbay.spi.ProviderException of kind SERVER where an answer is longer than 16 MiB */
    @Override
    public void accept(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta) {
            append(delta.text());
        } else if (event instanceof ChatEvent.ThinkingDelta delta) {
            append(delta.thinking());
        } else if (event instanceof ChatEvent.InputDelta delta) {
            append(delta.json());
        } else if (event instanceof ChatEvent.SignatureDelta delta) {
            signature = delta.signature();
        } else if (event instanceof ChatEvent.CitationDelta delta) {
            add(delta.citation());
        } else if (event instanceof ChatEvent.ResultDelta delta) {
            add(delta.part());
        } else if (event instanceof ChatEvent.BlockStarted start) {
            open(start.block());
        } else if (event instanceof ChatEvent.BlockStopped) {
            close();
        } else if (event instanceof ChatEvent.Started start) {
            id = start.id();
            model = start.model();
            usage = start.usage();
        } else if (event instanceof ChatEvent.Finishing end) {
            stopReason = Optional.of(end.reason());
            stopSequence = end.stopSequence();
            usage = usage.updatedBy(end.usage());
        }
    }

    /** The provider's id of the answer. */
    public Optional<String> id() {
        return id;
    }

    /** The model that the provider says it used. */
    public Optional<String> model() {
        return model;
    }

    /** The blocks so far; one that is still open as far as it has come. */
    public List<ContentBlock> content() {
        if (open == null) {
            return List.copyOf(content);
        }
        List<ContentBlock> all = new ArrayList<>(content);
        all.add(whole(open));
        return List.copyOf(all);
    }

    /** Why the answer ended; empty if it has not. */
    public Optional<StopReason> stopReason() {
        return stopReason;
    }

    public Optional<String> stopSequence() {
        return stopSequence;
    }

    /** What is known of the usage. */
    public Usage usage() {
        return usage;
    }

    private void append(String piece) {
        keep(piece.length());
        text.append(piece);
    }

    private void add(Map<String, @Nullable Object> part) {
        keep(weight(part));
        parts.add(part);
    }

    private void open(ContentBlock block) {
        close();
        keep(ENTRY + weight(block));
        open = block;
    }

    private void keep(long characters) {
        kept += characters;
        if (kept > MOST_KEPT) {
            throw Bodies.unusable("upstream answered with more than " + (MOST_KEPT >> 20) + " MiB");
        }
    }

    private static long weight(ContentBlock block) {
        if (block instanceof ContentBlock.Text start) {
            return start.text().length() + weight(start.more());
        }
        if (block instanceof ContentBlock.Thinking start) {
            return start.thinking().length() + weight(start.more());
        }
        if (block instanceof ContentBlock.ToolUse call) {
            return weight(call.input()) + weight(call.more());
        }
        return block instanceof ContentBlock.Other other ? weight(other.members()) : 0;
    }

    private static long weight(@Nullable Object value) {
        if (value instanceof String said) {
            return said.length();
        }
        Collection<?> values = value instanceof Map<?, ?> members
                ? members.values()
                : value instanceof Collection<?> list ? list : List.of();
        long sum = 0;
        for (Object each : values) {
            sum += ENTRY + weight(each);
        }
        return sum;
    }

    private void close() {
        if (open != null) {
            content.add(whole(open));
        }
        open = null;
        text.setLength(0);
        parts.clear();
        signature = "";
    }

    private ContentBlock whole(ContentBlock block) {
        if (block instanceof ContentBlock.Text start) {
            return ContentBlock.text(start.text() + text, withParts("citations", start.more()));
        }
        if (block instanceof ContentBlock.Thinking start) {
            String proof = signature.isEmpty() ? start.signature() : signature;
            return ContentBlock.thinking(start.thinking() + text, proof, start.more());
        }
        if (text.isEmpty()) {
            return block instanceof ContentBlock.Other other && !parts.isEmpty()
                    ? ContentBlock.other(other.type(), withParts("content", other.members()))
                    : block;
        }
        Map<String, @Nullable Object> input = JsonValues.toMap(ToolInput.parse(text.toString()));
        if (block instanceof ContentBlock.ToolUse call) {
            return ContentBlock.toolUse(call.id(), call.name(), input, call.more());
        }
        return block instanceof ContentBlock.Other other ? withInput(other, input) : block;
    }

    private Map<String, @Nullable Object> withParts(String member, Map<String, @Nullable Object> members) {
        if (parts.isEmpty()) {
            return members;
        }
        List<@Nullable Object> all = new ArrayList<>();
        if (members.get(member) instanceof List<?> before) {
            all.addAll(before);
        }
        all.addAll(parts);
        Map<String, @Nullable Object> more = new LinkedHashMap<>(members);
        more.put(member, Collections.unmodifiableList(all));
        return Collections.unmodifiableMap(more);
    }

    private static ContentBlock withInput(ContentBlock.Other block, Map<String, @Nullable Object> input) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(block.members());
        members.put("input", input);
        return ContentBlock.other(block.type(), members);
    }
}
