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

    @Test
    void takesWhatAModelRefusesWithAndWhyAFilterCutItForParagraphs() {
        assertThat(JoinedText.of(List.of(ContentBlock.text("Sure:"), Refusal.of("I will"), Refusal.of(" not"))))
                .isEqualTo("Sure:\n\nI will not");
        assertThat(JoinedText.of(List.of(ContentBlock.text("Step 1"), Refusal.ofFilter("It was cut"))))
                .isEqualTo("Step 1\n\nIt was cut");
    }

    @Test
    void putsNoBlankLineWhereOneIsOrWhereNothingComes() {
        assertThat(JoinedText.of(List.of(ContentBlock.text("\n\n"), CALL, ContentBlock.text("One"))))
                .isEqualTo("\n\nOne");
        assertThat(JoinedText.of(List.of(ContentBlock.text("One"), CALL, ContentBlock.text("\n\nTwo"))))
                .isEqualTo("One\n\nTwo");
        assertThat(JoinedText.of(List.of(ContentBlock.text("One\n"), CALL, ContentBlock.text("Two"))))
                .isEqualTo("One\n\nTwo");
        assertThat(JoinedText.of(List.of(ContentBlock.text("One"), CALL, ContentBlock.text(""))))
                .isEqualTo("One");
    }

    @Test
    void knowsWhereABlockBeginsBehindItsParagraph() {
        JoinedText joined = new JoinedText();
        joined.begin();
        joined.next("One\n\n");
        joined.interrupt();
        joined.begin();
        joined.next("Two");
        assertThat(joined.start()).isEqualTo(5);
        joined.interrupt();
        joined.begin();
        joined.next("Three");
        joined.next("!");
        assertThat(joined.start()).isEqualTo(10);
        assertThat(joined.length()).isEqualTo(16);
    }
}
