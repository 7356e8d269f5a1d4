package dev.patchbay.gateway;

/** A source that can be told to wait for a slow reader. */
interface Flow {

    void pause();

    void resume();
}
