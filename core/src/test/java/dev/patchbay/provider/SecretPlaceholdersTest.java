package dev.patchbay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.SecretRef;
import org.junit.jupiter.api.Test;

final class SecretPlaceholdersTest {

    private static final SecretRef A = new SecretRef("env", "A");
    private static final SecretRef B = new SecretRef("file", "/b");

    private final SecretPlaceholders gaps = new SecretPlaceholders();

    @Test
    void findsEveryMarkAgain() {
        String text = "x" + gaps.mark(A) + gaps.mark(B) + "y";
        assertThat(gaps.split(text))
                .containsExactly(
                        new TextWithSecrets.Text("x"),
                        new TextWithSecrets.Gap(A, false),
                        new TextWithSecrets.Gap(B, false),
                        new TextWithSecrets.Text("y"));
        assertThat(TextWithSecrets.text(gaps.split(text))).isEqualTo("x$Afile:/by");
    }

    @Test
    void onlyAMemberThatIsNoTextLosesItsQuotes() {
        String json = "{\"a\":\"" + gaps.mark(A) + "\",\"n\":\"" + gaps.bareMark(A) + "\"}";
        assertThat(TextWithSecrets.text(gaps.split(json))).isEqualTo("{\"a\":\"$A\",\"n\":$A}");
    }

    @Test
    void aTextWithoutMarksIsWhole() {
        assertThat(gaps.split("gap0x0z")).containsExactly(new TextWithSecrets.Text("gap0x0z"));
        assertThat(gaps.split("")).isEmpty();
    }

    @Test
    void aMarkIsMadeOfLettersAndDigits() {
        assertThat(gaps.mark(A)).matches("[a-z0-9]+").isNotEqualTo(gaps.mark(A));
    }
}
