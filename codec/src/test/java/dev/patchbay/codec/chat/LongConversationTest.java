package dev.patchbay.codec.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request may hold very many messages: what is done for each must not depend on how many there are. */
class LongConversationTest {

    /** Took minutes of a worker thread when each message looked for answers in all that follow. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyMessagesOfOneRoleAreWrittenInOnePass() {
        int count = 20_000;
        ChatRequest.Builder request = ChatRequest.builder("m");
        for (int i = 0; i < count; i++) {
            request.message(ChatMessage.user("x"));
        }

        JsonNode body = new ChatDialect().encode(request.build(), Quirks.none());

        assertThat(body.get("messages")).hasSize(count);
    }
}
