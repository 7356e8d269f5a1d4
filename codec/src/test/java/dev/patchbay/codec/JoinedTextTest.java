package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.ContentBlock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Q7, for answers. */
class JoinedTextTest {

    private static final ContentBlock CALL = ContentBlock.toolUse("c", "find", Map.of());

    @Test
    void takesBlocksThatTouchForOneSentenceAndOthersForParagraphs() {
        assertThat(JoinedText.of(List.of(
                        CALL,
                        ContentBlock.text("One,"),
                        ContentBlock.text(" two."),
                        CALL,
                        CALL,
                        ContentBlock.text("Three."))))
                .isEqualTo("One, two.\n\nThree.");
        assertThat(JoinedText.of(List.of(CALL))).isEmpty();
    }
}
