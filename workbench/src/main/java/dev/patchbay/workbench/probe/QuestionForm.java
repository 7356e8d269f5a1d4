package dev.patchbay.workbench.probe;

/**
 * How a question is put, where that is no matter of the provider's file.
 *
 * @param roomy whether the answer may be longer: some models refuse a limit of one token
 * @param instructed whether instructions go before the conversation
 */
record QuestionForm(boolean roomy, boolean instructed) {

    static final QuestionForm DEFAULT = new QuestionForm(false, true);
}
