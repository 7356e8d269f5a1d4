package dev.patchbay.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.Secret;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretEncodingsTest {

    private static final String KEY = "canary-?>key-" + "0123456789";

    @ParameterizedTest
    @ValueSource(strings = {"", "u:", "us:", "use:", "user:", "more than one word:"})
    void aKeyIsFoundInBasicCredentialsWhoeverTheUserIs(String user) {
        byte[] credentials = (user + KEY + "\n").getBytes(UTF_8);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            assertIsFound("authorization: Basic " + encoder.encodeToString(credentials));
            assertIsFound(
                    "authorization: Basic " + encoder.withoutPadding().encodeToString((user + KEY).getBytes(UTF_8)));
        }
    }

    @Test
    void aKeyIsFoundInHexadecimal() {
        for (HexFormat format : List.of(HexFormat.of(), HexFormat.of().withUpperCase())) {
            assertIsFound("dump: " + format.formatHex(KEY.getBytes(UTF_8)));
        }
    }

    @Test
    void otherTextsHoldNone() {
        assertThat(search().isIn(
                                Base64.getEncoder().encodeToString("another text, as long as the key".getBytes(UTF_8))))
                .isFalse();
    }

    private static void assertIsFound(String text) {
        assertThat(search().isIn(text)).as(text).isTrue();
        assertThat(new SecretForms(List.of(Secret.of(KEY))).clean(text)).contains("***");
    }

    private static SecretSearch search() {
        SecretSearch search = new SecretSearch();
        search.add(KEY);
        return search;
    }
}
