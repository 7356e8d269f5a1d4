package dev.patchbay.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a message is masked, and what is not. */
final class LiteralKeysTest {

    private static final String KEY = "sk-CANARY0123456789abcdef/x";

    @Test
    void aKeyInAMessageIsMaskedHoweverItIsPercentEncodedAndTheRestStays() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            String written = KEY;
            for (int round = 0; round <= i % 3; round++) {
                written = encoded(written, random);
            }
            String masked = LiteralKeys.maskIn("GET /v1/a%20b/" + written + " 404 of 100% %zz");
            assertThat(masked)
                    .as(written)
                    .isEqualTo("GET /v1/a%20b/" + "*".repeat(written.length()) + " 404 of 100% %zz");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/models/a%2Fb", "100%", "%", "%%%41", "/sessions/%E2%82%AC", "sk%2D", "the model gsk_%31"})
    void whatIsEncodedAndNoKeyStays(String text) {
        assertThat(LiteralKeys.maskIn(text)).isEqualTo(text);
    }

    /** A message quotes what may be as long as a file. */
    @Test
    @Timeout(20)
    void aMessageMayBeAsLongAsAFile() {
        for (String piece : List.of("a.", "sk-a.", "a-b~", "pk_1", "$")) {
            String text = piece.repeat(200_000);
            assertThat(LiteralKeys.maskIn(text)).hasSameSizeAs(text);
        }
        String key = "sk-" + "a1.".repeat(200_000) + "b";
        assertThat(LiteralKeys.maskIn(key)).isEqualTo("*".repeat(key.length()));
    }

    private static String encoded(String text, Random random) {
        StringBuilder out = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.US_ASCII)) {
            String hex = String.format(Locale.ROOT, random.nextBoolean() ? "%%%02x" : "%%%02X", each);
            out.append(random.nextInt(3) == 0 ? hex : String.valueOf((char) each));
        }
        return out.toString();
    }
}
