package dev.patchbay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.SecretRef;
import org.junit.jupiter.api.Test;

final class GapsTest {

    private static final SecretRef A = new SecretRef("env", "A");
    private static final SecretRef B = new SecretRef("file", "/b");

    private final Gaps gaps = new Gaps();

    @Test
    void findsEveryMarkAgain() {
        String text = "x" + gaps.mark(A) + gaps.mark(B) + "y";
        assertThat(gaps.split(text))
                .containsExactly(
                        new Piece.Text("x"), new Piece.Gap(A, false), new Piece.Gap(B, false), new Piece.Text("y"));
        assertThat(Piece.text(gaps.split(text))).isEqualTo("x$Afile:/by");
    }

    @Test
    void onlyAMemberThatIsNoTextLosesItsQuotes() {
        String json = "{\"a\":\"" + gaps.mark(A) + "\",\"n\":\"" + gaps.bareMark(A) + "\"}";
        assertThat(Piece.text(gaps.split(json))).isEqualTo("{\"a\":\"$A\",\"n\":$A}");
    }

    @Test
    void aTextWithoutMarksIsWhole() {
        assertThat(gaps.split("gap0x0z")).containsExactly(new Piece.Text("gap0x0z"));
        assertThat(gaps.split("")).isEmpty();
    }

    @Test
    void aMarkIsMadeOfLettersAndDigits() {
        assertThat(gaps.mark(A)).matches("[a-z0-9]+").isNotEqualTo(gaps.mark(A));
    }
}
