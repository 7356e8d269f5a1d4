package dev.patchbay.integration.inputs;

/** A chat model that is asked with the input's settings and a question. */
interface AskedModel {

    Outcome ask(BugInput input);
}
