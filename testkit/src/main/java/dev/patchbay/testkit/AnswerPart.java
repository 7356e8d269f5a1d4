package dev.patchbay.testkit;

import java.util.List;

/** A part of what the fake model says; each list holds the pieces in which it is streamed. */
sealed interface AnswerPart {

    record Text(List<String> pieces) implements AnswerPart {}

    record Thinking(List<String> pieces) implements AnswerPart {}

    record ToolCall(String id, String name, List<String> arguments) implements AnswerPart {}
}
