package dev.patchbay.testkit;

import java.util.List;

/** What the model says, and the request it says it to. */
record Turn(Completion completion, RecordedRequest request) {

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
        for (Part part : completion.parts()) {
            if (part instanceof Part.Text text) {
                text.pieces().forEach(out::append);
            }
        }
        return out.toString();
    }

    /** The joined pieces of all thoughts. */
    String thinking() {
        StringBuilder out = new StringBuilder();
        for (Part part : completion.parts()) {
            if (part instanceof Part.Thinking thinking) {
                thinking.pieces().forEach(out::append);
            }
        }
        return out.toString();
    }

    List<Part.ToolCall> toolCalls() {
        return completion.parts().stream()
                .filter(Part.ToolCall.class::isInstance)
                .map(Part.ToolCall.class::cast)
                .toList();
    }
}
