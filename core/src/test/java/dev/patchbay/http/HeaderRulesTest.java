package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.spi.ProviderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {

    @Test
    void acceptsPrintableAscii() {
        assertThatCode(() -> HeaderRules.check("X-Title", "a b\t~!\"")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "\u007f", "é", "a\u2028"})
    void refusesWhatNoHeaderHolds(String value) {
        ProviderException failure =
                catchThrowableOfType(ProviderException.class, () -> HeaderRules.check("X-Key", "secret" + value));

        assertThat(failure).hasMessageContaining("X-Key").hasMessageContaining("position");
        assertThat(failure.getMessage()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Key", "X:Key", "Schlüssel", "a\n"})
    void refusesWhatIsNoName(String name) {
        assertThat(catchThrowableOfType(ProviderException.class, () -> HeaderRules.check(name, "v")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Connection", "Transfer-Encoding", "Expect", "Upgrade"})
    void refusesWhatBelongsToTheConnection(String name) {
        assertThat(catchThrowableOfType(ProviderException.class, () -> HeaderRules.check(name, "v")))
                .hasMessageContaining(name);
    }
}
