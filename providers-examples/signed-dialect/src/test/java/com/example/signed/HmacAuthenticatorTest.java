package com.example.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HmacAuthenticatorTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00.5Z"), ZoneOffset.UTC);
    private static final URI ADDRESS = URI.create("https://acme.example/v1/answers?region=eu");

    private final Authenticator authenticator = new HmacAuthenticator(NOON);

    @Test
    void signsMethodTargetDateAndBody() {
        Map<String, String> headers = headersOf(ADDRESS, "model=a", Optional.of(Secret.of("key of the test")));

        assertThat(headers)
                .containsEntry("X-Acme-Date", "2026-01-02T12:00:00Z")
                .containsEntry("X-Acme-Signature", "83cb9e340012b07b56cc8cbd0e217aeaeed2c35e149abab0ceccc2d00cc7b6af");
    }

    @Test
    void anotherBodyTargetOrKeyIsAnotherSignature() {
        Optional<Secret> key = Optional.of(Secret.of("key of the test"));

        assertThat(headersOf(ADDRESS, "model=a", key))
                .isNotEqualTo(headersOf(ADDRESS, "model=b", key))
                .isNotEqualTo(headersOf(URI.create("https://acme.example/v1/answers"), "model=a", key))
                .isNotEqualTo(headersOf(ADDRESS, "model=a", Optional.of(Secret.of("another key"))))
                .isEqualTo(headersOf(ADDRESS, "model=a", key));
    }

    @Test
    void withoutAKeyItSaysWhatIsMissing() {
        assertThatThrownBy(() -> headersOf(ADDRESS, "model=a", Optional.empty()))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ProviderException.Kind.AUTH))
                .hasMessageContaining("needs a key");
    }

    private Map<String, String> headersOf(URI uri, String body, Optional<Secret> key) {
        Map<String, String> headers = new HashMap<>();
        HttpCall call = HttpCall.post(uri, body.getBytes(StandardCharsets.UTF_8));
        authenticator.authenticate(
                new Authenticator.OutgoingRequest() {
                    @Override
                    public HttpCall call() {
                        return call;
                    }

                    @Override
                    public void setHeader(String name, String value) {
                        headers.put(name, value);
                    }
                },
                new Authenticator.Credential() {
                    @Override
                    public Optional<Secret> key() {
                        return key;
                    }

                    @Override
                    public Optional<String> header() {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<String> prefix() {
                        return Optional.empty();
                    }
                });
        return headers;
    }
}
