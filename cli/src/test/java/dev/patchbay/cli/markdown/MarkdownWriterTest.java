package dev.patchbay.cli.markdown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.cli.terminal.Output;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkdownWriterTest {

    private static final String ANSWER = """
            # Title with `code`

            Some *emphasis*, **strong text** and a [link](https://example.com), 2 * 3 * 4, snake_case_name.
            - item **one**
              1. nested `code with * in it`
            > quoted _text_

            | a | b |
            |---|---|
            | *1* | 2 |

            ```java
            int a = *b; // **not strong**
            # no heading
            ```
            Unclosed **mark that never ends and goes on
            Grüße 日本語 👩‍🚀 and `code`
            \tcode *by tab*
            The end""";

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final MarkdownWriter writer = new MarkdownWriter(Output.needed(screen, true));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 40, 100_000})
    void textWithoutStylesIsTheTextThatCame(int piece) {
        String drawn = drawn(ANSWER, piece);
        assertThat(plain(drawn)).isEqualTo(ANSWER);
        assertThat(drawn).doesNotContain("\r", "\u001b[A", "\u001b[K", "\u001b[H");
    }

    @Test
    void marksAreShownAndNotTaken() {
        assertThat(drawn("Some **strong** and *soft* `code`.\n", 1))
                .isEqualTo(
                        "Some \u001b[1m**strong**\u001b[0m and \u001b[3m*soft*\u001b[0m \u001b[36m`code`\u001b[0m.\n");
    }

    @Test
    void headingsAndMarkersStandOut() {
        assertThat(drawn("## Two\n- one\n", 1)).isEqualTo("\u001b[1m## Two\u001b[0m\n\u001b[2m- \u001b[0mone\n");
    }

    @Test
    void codeStaysPlain() {
        assertThat(drawn("```\n**a** `b`\n```\n**c**\n", 1))
                .isEqualTo("\u001b[2m```\u001b[0m\n**a** `b`\n\u001b[2m```\u001b[0m\n\u001b[1m**c**\u001b[0m\n");
    }

    @Test
    void wordsAreShownAsTheyCome() {
        writer.append("Plain words are ");
        assertThat(screen.toString(UTF_8)).isEqualTo("Plain words are ");
        writer.append("shown, **but this ");
        assertThat(screen.toString(UTF_8)).isEqualTo("Plain words are ");
        writer.append("waits** for its end");
        assertThat(screen.toString(UTF_8)).contains("\u001b[1m**but this waits**\u001b[0m for its ");
    }

    @Test
    void markWithoutEndIsNotWaitedForLong() {
        writer.append("a **" + "word ".repeat(200));
        assertThat(screen.toString(UTF_8)).contains("word word");
    }

    @Test
    void nothingOfTheTextIsObeyed() {
        String hostile = "a \u001b]52;c;eA==\u0007 **b\u001b[2J** \u009b31m c\rd \u202ee\n# \u001b[A\n```\n\u001b[2J\n";
        String drawn = drawn(hostile, 1);
        assertThat(drawn.replaceAll("\u001b\\[[0-9]*m", ""))
                .doesNotContain("\u001b", "\u0007", "\u009b", "\r", "\u202e");
    }

    private String drawn(String text, int piece) {
        for (int at = 0; at < text.length(); at += piece) {
            writer.append(text.substring(at, Math.min(text.length(), at + piece)));
        }
        writer.end();
        return screen.toString(UTF_8);
    }

    private static String plain(String drawn) {
        return drawn.replaceAll("\u001b\\[[0-9]*m", "");
    }
}
