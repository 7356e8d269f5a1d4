package dev.patchbay.builtin;

import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import java.util.List;
import java.util.stream.Collectors;

/** The text of a demonstration's answer. */
final class DemoAnswer {

    /** Longer questions are repeated in part. */
    private static final int LONGEST = 200;

    private DemoAnswer() {}

    static String to(ChatRequest request) {
        return """
                This is the demo provider of Patchbay. It is no model: nothing was sent anywhere,
                and it can only repeat what it was asked.

                You asked: %s

                To ask a model instead, set the key of a provider and name it:
                  export ANTHROPIC_API_KEY=...      patchbay launch "Hello" --provider anthropic
                  export OPENROUTER_API_KEY=...     patchbay launch "Hello" --provider openrouter
                `patchbay providers list` shows every provider and what it still needs.
                Any other one is a few lines of YAML: see config/providers.""".formatted(shortened(question(request)));
    }

    private static String question(ChatRequest request) {
        List<ChatMessage> asked = request.messages().stream()
                .filter(message -> message.role() == ChatMessage.Role.USER)
                .toList();
        if (asked.isEmpty()) {
            return "";
        }
        return asked.get(asked.size() - 1).content().stream()
                .filter(ContentBlock.Text.class::isInstance)
                .map(block -> ((ContentBlock.Text) block).text())
                .collect(Collectors.joining(" "));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").trim();
        if (line.isEmpty()) {
            return "(nothing)";
        }
        if (line.codePointCount(0, line.length()) <= LONGEST) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "...";
    }
}
