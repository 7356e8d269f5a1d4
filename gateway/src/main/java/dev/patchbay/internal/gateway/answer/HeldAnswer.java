package dev.patchbay.internal.gateway.answer;

import dev.patchbay.codec.Bodies;
import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;

/** Counts what an answer takes that is held until it is whole. Used on one event loop. */
final class HeldAnswer {

    /** 16 MiB, as for a body that is held. */
    private static final long MOST_CHARACTERS = 16L << 20;

    /** Of a character, while it is a text, a tree and bytes to be sent. */
    private static final long EACH = 6;

    /** To take every delta by itself would cost more than to write it. */
    private static final long STEP = 16 * 1024;

    /** Of what a block has around its text. */
    private static final int OF_BLOCK = 512;

    private final BufferBudget.Reservation memory;
    private long characters;
    private long taken;

    /** @param memory where it is taken from; whoever owns it gives it back */
    HeldAnswer(BufferBudget.Reservation memory) {
        this.memory = memory;
    }

    /**
     * Counts one more event.
     *
     * @throws ProviderException if the answer is longer than 16 MiB, or there is no memory for it
     */
    void add(ChatEvent event) {
        characters += length(event);
        if (characters > MOST_CHARACTERS) {
            throw Bodies.unusable("upstream answered with more than " + (MOST_CHARACTERS >> 20) + " MiB");
        }
        if (characters > taken) {
            memory.take(STEP * EACH);
            taken += STEP;
        }
    }

    private static long length(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta) {
            return delta.text().length();
        }
        if (event instanceof ChatEvent.ThinkingDelta delta) {
            return delta.thinking().length();
        }
        if (event instanceof ChatEvent.InputDelta delta) {
            return delta.json().length();
        }
        if (event instanceof ChatEvent.SignatureDelta delta) {
            return delta.signature().length();
        }
        return event instanceof ChatEvent.BlockStarted ? OF_BLOCK : 0;
    }
}
