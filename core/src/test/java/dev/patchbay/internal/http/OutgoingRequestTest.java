package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.internal.config.schema.HeaderRules;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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
    void tellsAProxyWhoIsCallingAndWhatItIsToAsk() {
        OutgoingRequest plain = toUrl("http://api.example:8080/v1/chat?a=b");
        plain.goThroughProxy(Optional.of("Basic abc"));

        assertThat(head(plain))
                .startsWith("POST http://api.example:8080/v1/chat?a=b HTTP/1.1\r\nHost: api.example:8080\r\n")
                .contains("\r\nProxy-Authorization: Basic abc\r\n");
        assertThat(plain.tunnelProof()).isEmpty();
    }

    @Test
    void tellsWhoIsCallingOutsideATunnelAlone() {
        OutgoingRequest secure = toUrl("https://api.example/v1/chat");
        secure.goThroughProxy(Optional.of("Basic abc"));

        assertThat(head(secure))
                .startsWith("POST /v1/chat HTTP/1.1\r\nHost: api.example\r\n")
                .doesNotContain("Basic");
        assertThat(secure.tunnelProof()).contains("Basic abc");
    }

    @Test
    void encodesWhatARequestLineCannotHold() {
        assertThat(head(toUrl("http://api.example/vé?q=ü"))).startsWith("POST /v%C3%A9?q=%C3%BC HTTP/1.1\r\n");
        assertThat(head(toUrl("http://api.example"))).startsWith("POST / HTTP/1.1\r\n");
    }

    private static OutgoingRequest toUrl(String url) {
        return new OutgoingRequest(HttpCall.post(URI.create(url), new byte[0]), URI.create(url));
    }

    private static String head(OutgoingRequest request) {
        return new String(request.head(), StandardCharsets.ISO_8859_1);
    }
}
