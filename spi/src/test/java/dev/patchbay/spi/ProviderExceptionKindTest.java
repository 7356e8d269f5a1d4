package dev.patchbay.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.ProviderException.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderExceptionKindTest {

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST", "401, AUTH", "402, QUOTA", "403, AUTH", "404, NOT_FOUND", "408, TIMEOUT",
        "422, INVALID_REQUEST", "429, RATE_LIMIT", "498, OVERLOADED", "500, SERVER", "502, SERVER", "503, OVERLOADED",
        "504, TIMEOUT", "524, TIMEOUT", "529, OVERLOADED", "599, SERVER", "307, SERVER", "204, SERVER"
    })
    void everyStatusHasAKind(int status, Kind kind) {
        assertThat(Kind.ofStatus(status)).isEqualTo(kind);
    }
}
