package dev.patchbay.testkit;

import java.util.List;

/** What the model says, and the request it says it to. */
record Turn(FakeCompletion completion, RecordedRequest request) {

    /** The model that the client asked for. */
    String model() {
        return request.member("model").map(Object::toString).orElse("fake-model");
    }

    /** An id that is the same in every run. */
    String id(String prefix) {
        return prefix + request.number();
    }

    boolean has(Quirk quirk) {
        return completion.has(quirk);
    }

    /** The joined pieces of all texts. */
    String text() {
        StringBuilder out = new StringBuilder();
        for (AnswerPart part : completion.parts()) {
            if (part instanceof AnswerPart.Text text) {
                text.pieces().forEach(out::append);
            }
        }
        return out.toString();
    }

    /** The joined pieces of all thoughts. */
    String thinking() {
        StringBuilder out = new StringBuilder();
        for (AnswerPart part : completion.parts()) {
            if (part instanceof AnswerPart.Thinking thinking) {
                thinking.pieces().forEach(out::append);
            }
        }
        return out.toString();
    }

    List<AnswerPart.ToolCall> toolCalls() {
        return completion.parts().stream()
                .filter(AnswerPart.ToolCall.class::isInstance)
                .map(AnswerPart.ToolCall.class::cast)
                .toList();
    }
}
