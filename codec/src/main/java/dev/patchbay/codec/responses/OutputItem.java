package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.FreeFormInput;
import dev.patchbay.codec.Refusal;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.codec.WebCitations;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One item of a streamed answer, which becomes a block; a message becomes one for its text, and one for what it refuses with. What
 * comes before its turn waits in it.
 *
 * <p>A piece that ends in the first half of a surrogate pair keeps that half until the other comes. Used by one thread.
 */
final class OutputItem {

    /** What becomes of an item. */
    enum Kind {
        TEXT,
        THINKING,
        CALL,
        /** A call whose input is free text. */
        FREE_FORM_CALL,
        /** A note: an image that was made at the provider, for which no other dialect has a place in an answer. */
        IMAGE,
        /** Nothing: a tool that ran at the provider, or a type that is not known. */
        NONE;

        static Kind of(String type) {
            return switch (type) {
                case "message" -> TEXT;
                case "reasoning" -> THINKING;
                case "function_call" -> CALL;
                case "custom_tool_call" -> FREE_FORM_CALL;
                case "image_generation_call" -> IMAGE;
                default -> NONE;
            };
        }
    }

    private static final int NOT_OPEN = -1;

    private final Kind kind;
    private final StringBuilder text = new StringBuilder();
    private String callId = "";
    private String name = "";

    /** Where the text of a message turns into a refusal and back; it begins as text. */
    private final List<Integer> turns = new ArrayList<>(0);

    private int turnsTold;
    private final Set<Map<String, @Nullable Object>> cited = new HashSet<>();
    private final List<Map<String, @Nullable Object>> citations = new ArrayList<>(0);
    private String signature = "";
    private final FreeFormInput freeForm = new FreeFormInput();
    private String source = "";

    /** A message that may come again as this one; null if there is none. */
    private @Nullable OutputItem comment;

    private int partStart;
    private int sent;
    private int block = NOT_OPEN;
    private boolean done;
    private boolean closed;

    OutputItem(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String callId() {
        return callId;
    }

    String name() {
        return name;
    }

    /** Takes what names a call, each only the first time that it is there. */
    void header(String newCallId, String newName) {
        callId = callId.isEmpty() ? newCallId : callId;
        name = name.isEmpty() ? newName : name;
    }

    /** What proves the thinking; sent when the item ends. */
    void proof(String text) {
        signature = text;
    }

    /** Takes web pages that the last part cites, each once; they are told when the block ends. */
    void cite(JsonNode annotations) {
        int blockStart = turns.isEmpty() ? 0 : turns.get(turns.size() - 1);
        cite(annotations, Math.max(0, partStart - blockStart));
    }

    /**
     * Takes web pages that a part cites.
     *
     * @param offset where the part begins in its block
     */
    private void cite(JsonNode annotations, int offset) {
        for (Map<String, @Nullable Object> page : WebCitations.of(annotations)) {
            Map<String, @Nullable Object> moved = WebCitations.moved(page, offset);
            if (cited.add(moved)) {
                citations.add(moved);
            }
        }
    }

    /** Whether thinking of this kind of event belongs to the item: some servers send it twice, in full and summed up. */
    boolean takes(String kindOfText) {
        source = source.isEmpty() ? kindOfText : source;
        return source.equals(kindOfText);
    }

    /** Begins another part; a paragraph of its own where there is one before it. */
    void part(boolean paragraph) {
        if (paragraph && text.length() > 0) {
            text.append("\n\n");
        }
        partStart = text.length();
    }

    void append(String more) {
        append(more, false);
    }

    /** Takes more of the text, or of what a message refuses with. */
    void append(String more, boolean refusal) {
        if (refusal != isRefusal(turns.size())) {
            turns.add(text.length());
        }
        text.append(more);
    }

    private static boolean isRefusal(int turns) {
        return turns % 2 == 1;
    }

    /** Takes the whole of a part, which repeats what came in pieces: only what is new counts (S6). */
    void wholePart(String whole, boolean refusal) {
        int known = text.length() - partStart;
        if (isNew(whole, text.substring(partStart))) {
            append(whole.substring(known), refusal);
        }
    }

    /** Takes the whole of the item. */
    void whole(String whole) {
        if (isNew(whole, text.toString())) {
            append(whole.substring(text.length()));
        }
    }

    /** Takes the whole of a message. */
    void whole(List<OutputPart> parts) {
        String whole = parts.stream().map(OutputPart::text).collect(Collectors.joining());
        boolean isNew = isNew(whole, text.toString());
        int start = 0;
        int blockStart = 0;
        boolean refusal = false;
        for (OutputPart part : parts) {
            blockStart = part.isRefusal() == refusal ? blockStart : start;
            refusal = part.isRefusal();
            int end = start + part.text().length();
            if (isNew && end > text.length()) {
                append(part.text().substring(text.length() - start), refusal);
            }
            cite(part.annotations(), start - blockStart);
            start = end;
        }
    }

    private boolean isNew(String whole, String known) {
        return !closed && whole.length() > known.length() && whole.startsWith(known);
    }

    void done() {
        done = true;
    }

    boolean isDone() {
        return done;
    }

    boolean isOpen() {
        return block != NOT_OPEN && !closed;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether its block can begin: a call needs its name, and prose is no block while there is nothing of it. */
    boolean canOpen() {
        return switch (kind) {
            case TEXT, IMAGE -> text.length() > 0 && !repeatsComment();
            case THINKING -> text.length() > 0 || !signature.isEmpty();
            case CALL, FREE_FORM_CALL -> !name.isEmpty();
            case NONE -> false;
        };
    }

    /** Takes note of a comment whose text is not told twice. */
    void follows(OutputItem commentBefore) {
        comment = commentBefore;
    }

    /** Whether there is nothing in it, so far, but what the comment before it said. */
    private boolean repeatsComment() {
        return comment != null
                && comment.text.toString().startsWith(text.toString())
                && (!done || comment.text.length() == text.length());
    }

    /** Whether the next item may begin. */
    boolean isComplete() {
        return switch (kind) {
            case CALL -> done || (!name.isEmpty() && Json.isValid(text.toString()));
            case FREE_FORM_CALL -> done;
            default -> true;
        };
    }

    /** Whether it is a call whose arguments broke off. None at all are as good as whole. */
    boolean isCut() {
        return kind == Kind.CALL && !text.toString().isBlank() && !Json.isValid(text.toString());
    }

    /** Begins the block, or the first of them. */
    void open(ContentBlock start, ItemBlocks blocks) {
        boolean refuses = !turns.isEmpty() && turns.get(0) == 0;
        turnsTold = refuses ? 1 : 0;
        block = blocks.begin(this, refuses ? Refusal.of("") : start);
    }

    /** Sends a piece that came last, with whatever was not sent before it. */
    void send(String last, ItemBlocks blocks) {
        boolean wholePiece = text.length() - last.length() == sent
                && turnsTold == turns.size()
                && !Character.isHighSurrogate(last.charAt(last.length() - 1));
        if (!wholePiece) {
            send(blocks);
            return;
        }
        sent = text.length();
        emit(last, blocks);
    }

    /** Sends what was not sent yet, but for half a surrogate pair. */
    void send(ItemBlocks blocks) {
        int end = text.length();
        if (end > sent && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        send(end, blocks);
    }

    /** Ends the item; what never became a block leaves no trace. */
    void close(ItemBlocks blocks) {
        closed = true;
        if (block == NOT_OPEN) {
            return;
        }
        send(text.length(), blocks);
        if (kind == Kind.FREE_FORM_CALL) {
            blocks.send(ChatEvent.inputDelta(block, freeForm.end()));
        }
        stop(blocks);
    }

    private void stop(ItemBlocks blocks) {
        for (Map<String, @Nullable Object> page : citations) {
            blocks.cite(block, page);
        }
        citations.clear();
        if (!signature.isEmpty()) {
            blocks.send(ChatEvent.signatureDelta(block, signature));
        }
        blocks.send(ChatEvent.blockStopped(block));
    }

    private void send(int end, ItemBlocks blocks) {
        while (turnsTold < turns.size() && turns.get(turnsTold) < end) {
            sendTo(turns.get(turnsTold), blocks);
            stop(blocks);
            turnsTold++;
            block = blocks.begin(this, isRefusal(turnsTold) ? Refusal.of("") : ContentBlock.text(""));
        }
        sendTo(end, blocks);
    }

    private void sendTo(int end, ItemBlocks blocks) {
        if (end > sent) {
            String more = text.substring(sent, end);
            sent = end;
            emit(more, blocks);
        }
    }

    private void emit(String more, ItemBlocks blocks) {
        blocks.send(
                switch (kind) {
                    case CALL -> ChatEvent.inputDelta(block, more);
                    case FREE_FORM_CALL -> ChatEvent.inputDelta(block, freeForm.piece(more));
                    case THINKING -> ChatEvent.thinkingDelta(block, more);
                    default -> ChatEvent.textDelta(block, more);
                });
    }

    /** Arguments are text; some servers send the object itself. */
    static String arguments(JsonNode arguments) {
        return arguments.isTextual() || arguments.isNull() || arguments.isMissingNode()
                ? arguments.asText("")
                : Json.text(ToolInput.of(arguments));
    }

    static ContentBlock.ToolUse call(String id, String name) {
        return ContentBlock.toolUse(id, name, Map.of());
    }
}
