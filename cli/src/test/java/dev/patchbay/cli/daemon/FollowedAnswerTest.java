package dev.patchbay.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.spi.ChatMessage.Role;
import dev.patchbay.spi.ContentBlock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The answer stands there as `launch` has it (dialects.md, Q7). */
class FollowedAnswerTest {

    private final StringBuilder printed = new StringBuilder();
    private final FollowedAnswer answer = new FollowedAnswer(printed::append);
    private final List<ConversationEvent> stored = new ArrayList<>();

    @Test
    void printsThePiecesOfASentenceThatCitesAsOne() {
        store(Role.USER, ContentBlock.text("Is the sun hot?"));
        store(Role.ASSISTANT, ContentBlock.text("Yes, "));
        store(Role.ASSISTANT, ContentBlock.text("it is hot."));

        answer.whole(stored);

        assertThat(printed).hasToString("Yes, it is hot.");
    }

    @Test
    void printsWhatACallStandsBetweenAsParagraphs() {
        store(Role.ASSISTANT, ContentBlock.text("I look."));
        answer.whole(stored);
        store(Role.ASSISTANT, ContentBlock.toolUse("c", "find", Map.of()));
        answer.whole(stored);
        answer.piece(piece(3, "It is "));
        store(Role.ASSISTANT, ContentBlock.text("It is there."));
        answer.whole(stored);

        assertThat(printed).hasToString("I look.\n\nIt is there.");
    }

    @Test
    void goesOnWithASentenceThatComesInPieces() {
        answer.piece(piece(1, "Yes, "));
        store(Role.ASSISTANT, ContentBlock.text("Yes, "));
        answer.whole(stored);
        answer.piece(piece(2, "it is"));
        store(Role.ASSISTANT, ContentBlock.text("it is hot."));
        answer.whole(stored);

        assertThat(printed).hasToString("Yes, it is hot.");
    }

    private void store(Role role, ContentBlock block) {
        stored.add(new ConversationEvent("s", stored.size() + 1, Instant.EPOCH, role, block, true));
    }

    private static JsonNode piece(int sequence, String text) {
        return Json.object()
                .put("content", text)
                .put("offset", 0)
                .put("sequence", sequence)
                .put("event_type", "message");
    }
}
