package dev.patchbay.cli.chat;

import dev.patchbay.diagnostic.Printable;
import java.util.stream.Collectors;

/** A talk as a text to keep. */
final class TalkText {

    private TalkText() {}

    static String markdown(Talk talk) {
        StringBuilder text = new StringBuilder();
        talk.instructions()
                .ifPresent(words ->
                        text.append("## Instructions\n\n").append(words).append("\n\n"));
        for (Talk.Turn turn : talk.turns()) {
            text.append("## Question\n\n").append(turn.question()).append("\n\n");
            if (!turn.attachments().isEmpty()) {
                text.append(turn.attachments().stream()
                        .map(file -> Printable.line(file.name()) + " (" + file.kind() + ")")
                        .collect(Collectors.joining(", ", "Attached: ", "\n\n")));
            }
            text.append("## Answer of ")
                    .append(Printable.line(turn.model()))
                    .append("\n\n")
                    .append(turn.answer().strip())
                    .append("\n\n");
        }
        return text.toString();
    }
}
