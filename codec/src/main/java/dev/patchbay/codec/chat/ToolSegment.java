package dev.patchbay.codec.chat;

import dev.patchbay.codec.FreeFormInput;
import dev.patchbay.codec.ToolArguments;
import dev.patchbay.codec.ToolNames;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A tool call that comes in pieces: id and name once, the arguments bit by bit (dialects.md, S6). */
final class ToolSegment extends Segment {

    private final ToolArguments arguments = new ToolArguments();
    private final ToolNames names;
    private final Function<ToolSegment, ContentBlock> opening;
    private String id = "";
    private String name = "";
    private Map<String, @Nullable Object> more = Map.of();

    /** Null where the arguments are JSON. */
    private @Nullable FreeFormInput freeForm;

    /**
     * Starts a call.
     *
     * @param names those that the client declared
     * @param opening makes the block when the call opens
     */
    ToolSegment(ToolNames names, Function<ToolSegment, ContentBlock> opening) {
        this.names = names;
        this.opening = opening;
    }

    /** The upstream's id; empty while unknown. */
    String id() {
        return id;
    }

    /** The upstream's name; empty while unknown. */
    String name() {
        return name;
    }

    Map<String, @Nullable Object> more() {
        return more;
    }

    /** Takes id, name and extra members, each only the first time that there is one; a name may come in pieces. */
    void header(String newId, String newName, Map<String, @Nullable Object> newMore) {
        id = id.isEmpty() ? newId : id;
        name = name.isEmpty() || names.goesOn(name, newName) ? name + newName : name;
        more = more.isEmpty() ? newMore : more;
    }

    /** Says that what comes as arguments is free text, of which only the end of the answer says that it is whole. */
    void takesFreeText() {
        if (freeForm == null && arguments.isEmpty()) {
            freeForm = new FreeFormInput();
        }
    }

    /** Whether a delta with a name, and nothing else that says which call it is of, is more of this one. */
    boolean goesOnWith(String newName) {
        boolean isOpenCall = newName.equals(name) && !arguments.isEmpty() && !isComplete();
        return name.isEmpty() || isOpenCall || names.goesOn(name, newName);
    }

    /** Whether the arguments broke off. None at all are as good as whole. */
    boolean isCut() {
        return !arguments.isComplete() && !arguments.text().isBlank() && !Json.isValid(arguments.text());
    }

    /** Whether a delta says once more what this call is already. */
    boolean isSame(String otherName, String otherArguments) {
        boolean sameName = otherName.isEmpty() || otherName.equals(name);
        return sameName && isComplete() && Json.tryParse(otherArguments).equals(Json.tryParse(arguments.text()));
    }

    @Override
    String fresh(String text) {
        return freeForm == null ? arguments.add(text) : text;
    }

    @Override
    String rest() {
        return arguments.rest();
    }

    @Override
    boolean isComplete() {
        return !name.isEmpty() && arguments.isComplete();
    }

    @Override
    boolean canOpen(boolean isLast) {
        boolean waitsForName = name.isEmpty() || (isLast && names.isBeginning(name) && !arguments.isComplete());
        return !waitsForName && (!id.isEmpty() || !arguments.isEmpty() || !isLast);
    }

    @Override
    ContentBlock block() {
        return opening.apply(this);
    }

    @Override
    ChatEvent delta(int block, String text) {
        return ChatEvent.inputDelta(block, freeForm == null ? text : freeForm.piece(text));
    }

    @Override
    void beforeStop(int block, Consumer<ChatEvent> sink) {
        if (freeForm != null) {
            sink.accept(ChatEvent.inputDelta(block, freeForm.end()));
        }
    }
}
