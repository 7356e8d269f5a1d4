package dev.patchbay.codec.chat;

import java.util.function.Consumer;

/**
 * Tells thinking between {@code <think>} and {@code </think>} at the beginning of an answer's text from the text (dialects.md,
 * quirk {@code thinkTags}). Used by one thread, for one answer.
 *
 * <p>Where the opening tag is part of the prompt only the closing one comes: so what has no tag is held back until that one, the
 * end, or 64 KiB.
 */
final class ThinkTags {

    private static final String OPENING = "<think>";
    private static final String CLOSING = "</think>";
    private static final int MOST_HELD = 64 * 1024;

    private final Consumer<String> thinking;
    private final Consumer<String> text;
    private final StringBuilder held = new StringBuilder();
    private State state = State.BEGINNING;
    private boolean thoughtElsewhere;

    private enum State {
        BEGINNING,
        UNDECIDED,
        THINKING,
        BEHIND,
        TEXT
    }

    ThinkTags(Consumer<String> thinking, Consumer<String> text) {
        this.thinking = thinking;
        this.text = text;
    }

    /** Takes note that thinking came in a member of its own: what stands between tags is a copy of it. */
    void thoughtElsewhere() {
        thoughtElsewhere = true;
    }

    /** Takes more of the text. */
    void content(String more) {
        if (more.isEmpty()) {
            return;
        }
        if (state == State.TEXT) {
            text.accept(more);
            return;
        }
        held.append(more);
        boolean moved = true;
        while (moved && !held.isEmpty()) {
            moved = step();
        }
    }

    /** Takes the end of the text, or of its first part: what is still held is what it seemed to be. */
    void end() {
        String rest = held.toString();
        held.setLength(0);
        if (state == State.THINKING) {
            think(rest);
        } else if (state != State.BEHIND) {
            text.accept(rest);
        }
        state = State.TEXT;
    }

    /** Goes on from one state; false if more has to come first. */
    private boolean step() {
        return switch (state) {
            case BEGINNING -> beginning();
            case UNDECIDED -> undecided();
            case THINKING -> thinking();
            case BEHIND -> behind();
            case TEXT -> {
                text.accept(held.toString());
                held.setLength(0);
                yield false;
            }
        };
    }

    private boolean beginning() {
        String begun = held.toString().stripLeading();
        if (begun.startsWith(OPENING)) {
            held.setLength(0);
            held.append(begun, OPENING.length(), begun.length());
            state = State.THINKING;
            return true;
        }
        if (OPENING.startsWith(begun)) {
            return false;
        }
        state = thoughtElsewhere ? State.TEXT : State.UNDECIDED;
        return true;
    }

    private boolean undecided() {
        if (held.indexOf(CLOSING) >= 0) {
            state = State.THINKING;
            return true;
        }
        if (thoughtElsewhere || held.length() > MOST_HELD) {
            state = State.TEXT;
            return true;
        }
        return false;
    }

    private boolean thinking() {
        int end = held.indexOf(CLOSING);
        int told = end >= 0 ? end : held.length() - partialTag();
        think(held.substring(0, told));
        held.delete(0, end >= 0 ? end + CLOSING.length() : told);
        if (end >= 0) {
            state = State.BEHIND;
        }
        return end >= 0;
    }

    private boolean behind() {
        String rest = held.toString().stripLeading();
        held.setLength(0);
        held.append(rest);
        if (rest.isEmpty()) {
            return false;
        }
        state = State.TEXT;
        return true;
    }

    private void think(String thought) {
        if (!thoughtElsewhere && !thought.isEmpty()) {
            thinking.accept(thought);
        }
    }

    /** How many characters at the end may be the beginning of the closing tag. */
    private int partialTag() {
        for (int length = Math.min(CLOSING.length() - 1, held.length()); length > 0; length--) {
            if (CLOSING.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }
}
