package dev.patchbay.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The run with the oldest LangChain4j is one: publishers came later. */
final class OldestVersionTest {

    @Test
    void theVersionIsTheOneThatTheBuildMeans() {
        boolean publishes = Arrays.stream(StreamingChatModel.class.getMethods())
                .anyMatch(method -> method.getReturnType().getSimpleName().equals("Publisher"));

        assertThat(publishes).isNotEqualTo(Boolean.getBoolean("langchain4j.oldest"));
    }
}
