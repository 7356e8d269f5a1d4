package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.internal.config.schema.HeaderRules;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which headers a request can have, whoever sets them. */
class OutgoingRequestTest {

    private static final URI URL = URI.create("http://127.0.0.1:1/v1");

    private final OutgoingRequest request = new OutgoingRequest(HttpCall.get(URL), URL);

    private static java.util.Set<String> reserved() {
        return HeaderRules.reserved();
    }

    @Test
    void acceptsPrintableAscii() {
        assertThatCode(() -> request.setHeader("X-Title", "a b\t~!\"")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "\u007f", "é", "a\u2028"})
    void refusesWhatNoHeaderHolds(String value) {
        ProviderException failure =
                catchThrowableOfType(ProviderException.class, () -> request.setHeader("X-Key", "secret" + value));

        assertThat(failure).hasMessageContaining("X-Key").hasMessageContaining("character");
        assertThat(failure.getMessage()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Key", "X:Key", "Schlüssel", "a\n"})
    void refusesWhatIsNoName(String name) {
        assertThat(catchThrowableOfType(ProviderException.class, () -> request.setHeader(name, "v")))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("reserved")
    void refusesWhatAFileMayNotSetEither(String name) {
        assertThat(catchThrowableOfType(ProviderException.class, () -> request.setHeader(name, "v")))
                .hasMessageContaining(name);
    }

    @Test
    void tellsAProxyAloneWhoIsCalling() {
        request.setProxyAuthorization("Basic abc");

        assertThat(request.call().headers()).containsExactly(java.util.Map.entry("Proxy-Authorization", "Basic abc"));
    }
}
