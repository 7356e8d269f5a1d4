package dev.patchbay.codec.chat;

import java.util.List;
import java.util.function.Consumer;

/**
 * Tells thinking between {@code <think>} and {@code </think>} at the beginning of an answer's text from the text (dialects.md,
 * quirk {@code thinkTags}). Some models call the tag {@code thinking} (Nova, GLM: earendil-works/pi#303) or {@code thought}
 * (Gemini: goclaw#1300). Used by one thread, for one answer.
 *
 * <p>Where the opening tag is part of the prompt only the closing one comes: so what has no tag is held back until that one, the
 * end, or 64 KiB.
 */
final class ThinkTags {

    private static final List<String> TAGS = List.of("think", "thinking", "thought");
    private static final int MOST_HELD = 64 * 1024;

    private final Consumer<String> thinking;
    private final Consumer<String> text;
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder blank = new StringBuilder();
    private String closing = "</think>";
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
        for (String tag : TAGS) {
            String opening = "<" + tag + ">";
            if (begun.startsWith(opening)) {
                held.setLength(0);
                held.append(begun, opening.length(), begun.length());
                closing = "</" + tag + ">";
                state = State.THINKING;
                return true;
            }
        }
        if (TAGS.stream().anyMatch(tag -> ("<" + tag + ">").startsWith(begun))) {
            return false;
        }
        state = thoughtElsewhere ? State.TEXT : State.UNDECIDED;
        return true;
    }

    private boolean undecided() {
        for (String tag : TAGS) {
            if (held.indexOf("</" + tag + ">") >= 0) {
                closing = "</" + tag + ">";
                state = State.THINKING;
                return true;
            }
        }
        if (thoughtElsewhere || held.length() > MOST_HELD) {
            state = State.TEXT;
            return true;
        }
        return false;
    }

    private boolean thinking() {
        int end = held.indexOf(closing);
        int told = end >= 0 ? end : held.length() - partialTag();
        think(held.substring(0, told));
        held.delete(0, end >= 0 ? end + closing.length() : told);
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

    /** Models that were told not to think put a blank pair of tags before each answer. */
    private void think(String thought) {
        blank.append(thought);
        if (!thoughtElsewhere && !blank.toString().isBlank()) {
            thinking.accept(blank.toString());
            blank.setLength(0);
        }
    }

    /** How many characters at the end may be the beginning of the closing tag. */
    private int partialTag() {
        for (int length = Math.min(closing.length() - 1, held.length()); length > 0; length--) {
            if (closing.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }
}
