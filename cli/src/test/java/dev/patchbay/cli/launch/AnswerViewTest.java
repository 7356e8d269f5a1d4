package dev.patchbay.cli.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.cli.terminal.Output;
import dev.patchbay.cli.terminal.Progress;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ContentBlock;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerViewTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(
            InputStream.nullInputStream(),
            false,
            Output.needed(printed, false),
            Output.optional(new ByteArrayOutputStream(), false),
            Environment.of(Map.of()));
    private final AnswerView view = new AnswerView(terminal, new Progress(terminal), true, id -> {});

    @Test
    void printsWhatACallStandsBetweenAsParagraphsAndASentenceInPiecesAsOne() {
        say("I ");
        say("look.");
        kept(ContentBlock.text("I look."));
        kept(ContentBlock.toolUse("c", "find", Map.of()));
        say("It is ");
        kept(ContentBlock.text("It is "));
        say("there.");
        kept(ContentBlock.text("there."));

        assertThat(printed.toString(UTF_8)).isEqualTo("I look.\n\nIt is there.");
    }

    private void say(String text) {
        view.accept(new SessionEvent.TextDelta("s", text));
    }

    private void kept(ContentBlock block) {
        view.accept(new SessionEvent.ConversationUpdated(
                "s", new ConversationEvent("s", 1, Instant.EPOCH, Role.ASSISTANT, block, true)));
    }
}
