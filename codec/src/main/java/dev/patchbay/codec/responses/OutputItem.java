package dev.patchbay.codec.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.FreeFormInput;
import dev.patchbay.codec.ToolInput;
import dev.patchbay.codec.WebCitations;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One item of a streamed answer, which becomes one block. What comes before its turn waits in it.
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
    private final Set<Map<String, @Nullable Object>> citations = new LinkedHashSet<>();
    private String signature = "";
    private final FreeFormInput freeForm = new FreeFormInput();
    private String source = "";
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

    /** Takes web pages that the text cites, each once; they are told when the item ends. */
    void cite(JsonNode annotations) {
        citations.addAll(WebCitations.of(annotations));
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
        text.append(more);
    }

    /** Takes the whole of a part, which repeats what came in pieces: only what is new counts (S6). */
    void wholePart(String whole) {
        rest(whole, partStart);
    }

    /** Takes the whole of the item. */
    void whole(String whole) {
        rest(whole, 0);
    }

    private void rest(String whole, int from) {
        int known = text.length() - from;
        if (!closed && whole.length() > known && whole.startsWith(text.substring(from))) {
            text.append(whole, known, whole.length());
        }
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
            case TEXT, IMAGE -> text.length() > 0;
            case THINKING -> text.length() > 0 || !signature.isEmpty();
            case CALL, FREE_FORM_CALL -> !name.isEmpty();
            case NONE -> false;
        };
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

    void open(int index, ContentBlock start, Consumer<ChatEvent> sink) {
        block = index;
        sink.accept(ChatEvent.blockStarted(index, start));
    }

    /** Sends a piece that came last, with whatever was not sent before it. */
    void send(String last, Consumer<ChatEvent> sink) {
        boolean wholePiece =
                text.length() - last.length() == sent && !Character.isHighSurrogate(last.charAt(last.length() - 1));
        if (!wholePiece) {
            send(sink);
            return;
        }
        sent = text.length();
        emit(last, sink);
    }

    /** Sends what was not sent yet, but for half a surrogate pair. */
    void send(Consumer<ChatEvent> sink) {
        int end = text.length();
        if (end > sent && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        send(end, sink);
    }

    /** Ends the item; what never became a block leaves no trace. */
    void close(Consumer<ChatEvent> sink) {
        closed = true;
        if (block == NOT_OPEN) {
            return;
        }
        send(text.length(), sink);
        if (kind == Kind.FREE_FORM_CALL) {
            sink.accept(ChatEvent.inputDelta(block, freeForm.end()));
        }
        for (Map<String, @Nullable Object> page : citations) {
            sink.accept(ChatEvent.citationDelta(block, page));
        }
        if (!signature.isEmpty()) {
            sink.accept(ChatEvent.signatureDelta(block, signature));
        }
        sink.accept(ChatEvent.blockStopped(block));
    }

    private void send(int end, Consumer<ChatEvent> sink) {
        if (end <= sent) {
            return;
        }
        String more = text.substring(sent, end);
        sent = end;
        emit(more, sink);
    }

    private void emit(String more, Consumer<ChatEvent> sink) {
        sink.accept(
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
