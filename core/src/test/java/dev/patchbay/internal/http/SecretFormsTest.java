package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretFormsTest {

    private final KnownSecretForms known = new KnownSecretForms();

    @ParameterizedTest
    @CsvSource({
        "sk-live-0123456789, no: SK-LIVE-0123456789",
        "kelvin-0123456789, no: \u212Aelvin-0123456789",
        "\u212Aelvin-0123456789, no: Kelvin-0123456789",
        "Stra\u00DFe-0123456789, no: stra\u00DFe-0123456789",
        "istanbul-01234567, no: \u0130stanbul-01234567",
        "\u0131stanbul-01234567, no: Istanbul-01234567"
    })
    void findsASecretInWhateverCase(String secret, String text) {
        assertThat(forms(secret).clean(text)).isEqualTo("no: ***");
    }

    @Test
    void worksOutOnceWhatTheSameSecretsLookLike() {
        SecretForms first = forms("sk-live-0123456789");

        assertThat(forms("sk-live-0123456789")).isSameAs(first);
        assertThat(forms("sk-live-9876543210").clean("sk-live-9876543210 sk-live-0123456789"))
                .isEqualTo("*** sk-live-0123456789");
    }

    @Test
    void remembersNoMoreThanTheLast() {
        SecretForms first = forms("sk-live-0123456789");

        for (int i = 0; i < 100; i++) {
            forms("sk-live-012345-" + i);
        }

        assertThat(forms("sk-live-0123456789")).isNotSameAs(first);
    }

    @Test
    void printsNoSecret() {
        assertThat(forms("sk-live-0123456789") + " " + known).doesNotContain("sk-live");
    }

    private SecretForms forms(String secret) {
        return known.apply(List.of(Secret.of(secret)));
    }
}
