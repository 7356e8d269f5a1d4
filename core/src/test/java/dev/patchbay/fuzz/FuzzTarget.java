package dev.patchbay.fuzz;

import java.util.List;

/** Something that must bear any bytes. Stateless. */
interface FuzzTarget {

    /**
     * Takes one input, laid out as {@link FuzzInput} reads it.
     *
     * @throws Throwable of any type if the input breaks a promise
     */
    void fuzz(byte[] data);

    /** Inputs that mean something, to start from. */
    List<byte[]> seeds();
}
