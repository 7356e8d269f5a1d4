package dev.patchbay.testkit;

/** How a stream breaks off after two words, or never becomes one. */
public enum BrokenStream {
    /** An error as an event of the dialect. */
    ERROR_EVENT(Answer.text("one ", "two ").thenError("overloaded_error", "far too many")),
    /** An error as a line of JSON that is no event, as some servers write it. */
    ERROR_LINE(Answer.sse(
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one \"}}]}",
            "",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"two \"}}]}",
            "",
            "{\"error\":{\"type\":\"overloaded_error\",\"message\":\"far too many\"}}",
            "")),
    /** The end of the connection. */
    CUT(Answer.text("one ", "two ", "three").cutBefore("three")),
    /** A page for people in the place of a stream. */
    PAGE(Answer.html(200));

    @SuppressWarnings("ImmutableEnumChecker") // an answer is not changed once it is made
    private final Answer answer;

    BrokenStream(Answer answer) {
        this.answer = answer;
    }

    /** In the dialect of the request; the line is of OpenAI's chat dialect alone. */
    public Answer answer() {
        return answer;
    }
}
