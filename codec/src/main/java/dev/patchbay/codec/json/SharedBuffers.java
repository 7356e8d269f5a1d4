package dev.patchbay.codec.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.util.BufferRecycler;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Lends buffers from a few that all threads share. Jackson keeps one set for each thread, and a virtual thread lives for one answer: it would
 * make some 40 kB for it anew. A buffer is taken and given back atomically (since Jackson 2.10), and one that is out is made.
 */
final class SharedBuffers extends JsonFactory {

    private static final long serialVersionUID = 1L;

    private static final int SETS = 8;

    private final transient BufferRecycler[] sets = new BufferRecycler[SETS];

    SharedBuffers(JsonFactoryBuilder settings) {
        super(settings);
        for (int i = 0; i < SETS; i++) {
            sets[i] = new BufferRecycler();
        }
    }

    @Override
    public BufferRecycler _getBufferRecycler() {
        // Any will do; so those who read at once seldom meet.
        return sets[ThreadLocalRandom.current().nextInt(SETS)];
    }
}
