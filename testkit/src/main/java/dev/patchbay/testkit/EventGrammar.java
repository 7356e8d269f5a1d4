package dev.patchbay.testkit;

import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import org.jspecify.annotations.Nullable;

/** The order of events that {@link ChatEvent} describes, checked as they come. */
final class EventGrammar {

    private enum State {
        NEW,
        OPEN,
        FINISHING,
        STOPPED
    }

    private State state = State.NEW;
    private int index = -1;
    private @Nullable ContentBlock block;
    private int count;

    void accept(ChatEvent event) {
        count++;
        if (event instanceof ChatEvent.Started) {
            move(State.NEW, State.OPEN, event);
        } else if (event instanceof ChatEvent.Finishing) {
            check(block == null, "block " + index + " is still open", event);
            move(State.OPEN, State.FINISHING, event);
        } else if (event instanceof ChatEvent.Stopped) {
            move(State.FINISHING, State.STOPPED, event);
        } else {
            check(state == State.OPEN, "blocks belong between Started and Finishing", event);
            inside(event);
        }
    }

    void end() {
        if (state != State.STOPPED) {
            throw new AssertionError("the stream ended without Stopped, after " + count + " events");
        }
    }

    private void inside(ChatEvent event) {
        if (event instanceof ChatEvent.BlockStarted started) {
            check(block == null, "block " + index + " is still open", event);
            check(started.index() == index + 1, "the next block is " + (index + 1), event);
            index++;
            block = started.block();
        } else if (event instanceof ChatEvent.TextDelta delta) {
            delta(delta.index(), ContentBlock.Text.class, event);
        } else if (event instanceof ChatEvent.ThinkingDelta delta) {
            delta(delta.index(), ContentBlock.Thinking.class, event);
        } else if (event instanceof ChatEvent.SignatureDelta delta) {
            delta(delta.index(), ContentBlock.Thinking.class, event);
        } else if (event instanceof ChatEvent.InputDelta delta) {
            delta(delta.index(), ContentBlock.ToolUse.class, event);
        } else if (event instanceof ChatEvent.BlockStopped stopped) {
            check(block != null && stopped.index() == index, "the open block is " + open(), event);
            block = null;
        }
    }

    private void delta(int of, Class<?> kind, ChatEvent event) {
        check(block != null && of == index, "the open block is " + open(), event);
        // Tools that run at the provider are blocks of types that are not modelled, with input all the same.
        boolean fits =
                kind.isInstance(block) || (block instanceof ContentBlock.Other && kind == ContentBlock.ToolUse.class);
        check(fits, "the open block is of another kind: " + block, event);
    }

    private String open() {
        return block == null ? "none" : Integer.toString(index);
    }

    private void move(State from, State to, ChatEvent event) {
        check(state == from, "it comes after " + from + " only", event);
        state = to;
    }

    private void check(boolean holds, String rule, ChatEvent event) {
        if (!holds) {
            throw new AssertionError("event " + count + " is out of order, " + rule + ": " + event);
        }
    }
}
