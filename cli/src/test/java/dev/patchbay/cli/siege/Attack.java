package dev.patchbay.cli.siege;

/** Somebody who wants all of the gateway. */
interface Attack extends AutoCloseable {

    /** Does a little more, without waiting for anything. */
    void goOn();

    @Override
    void close();
}
