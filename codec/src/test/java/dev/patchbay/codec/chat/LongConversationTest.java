package dev.patchbay.codec.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.responses.ResponsesDialect;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request may hold very many messages: what is done for each must not depend on how many there are. */
class LongConversationTest {

    private static final int COUNT = 20_000;

    /** Took minutes of a worker thread when each message looked for answers in all that follow. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyMessagesOfOneRoleAreWrittenInOnePass() {
        assertThat(new ChatDialect().encode(many(), Quirks.none()).get("messages"))
                .hasSize(COUNT);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyMessagesOfOneRoleAreWrittenInOnePassForResponsesToo() {
        assertThat(new ResponsesDialect().encode(many(), Quirks.none()).get("input"))
                .hasSize(COUNT);
    }

    private static ChatRequest many() {
        ChatRequest.Builder request = ChatRequest.builder("m");
        for (int i = 0; i < COUNT; i++) {
            request.message(ChatMessage.user("x"));
        }
        return request.build();
    }
}
