package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCertificatesTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static TestCertificates certificates;

    @BeforeAll
    static void create(@TempDir Path directory) {
        certificates = TestCertificates.create(directory);
        assertThat(certificates.authority()).content().startsWith("-----BEGIN CERTIFICATE-----");
    }

    private static HttpResponse<InputStream> get(SSLContext trust, URI uri) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trust)
                .build();
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream());
    }

    @Test
    void serveWhoTrustsTheAuthority() throws Exception {
        try (FakeProvider fake = FakeProvider.startTls(certificates.server())) {
            assertThat(fake.baseUrl()).hasScheme("https");
            assertThat(get(certificates.client(), fake.baseUrl("/v1/models")).statusCode())
                    .isEqualTo(200);
            assertThat(fake.sawAnywhere("GET /v1/models HTTP/1.1")).isTrue();
        }
    }

    @Test
    void areNotTrustedByDefault() throws Exception {
        try (FakeProvider fake = FakeProvider.startTls(certificates.server())) {
            assertThatThrownBy(() -> get(SSLContext.getDefault(), fake.baseUrl("/v1/models")))
                    .isInstanceOf(SSLHandshakeException.class);
            assertThat(fake.bytesReceived()).isZero();
        }
    }

    @Test
    void expire() throws Exception {
        try (FakeProvider fake = FakeProvider.startTls(certificates.expiredServer())) {
            assertThatThrownBy(() -> get(certificates.client(), fake.baseUrl("/v1/models")))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasStackTraceContaining("CertificateExpiredException");
        }
    }

    @Test
    void carryMisbehaviourToo() throws Exception {
        Gate gate = Gate.closed();
        try (FakeProvider fake = FakeProvider.startTls(certificates.server())) {
            fake.answer(Answer.json(200, "{\"abc\":1}").holdBody(gate).resetAfter(0));
            HttpResponse<InputStream> response = get(certificates.client(), fake.baseUrl("/v1/models"));
            gate.open();
            assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(java.io.IOException.class);

            fake.answer(Answer.json(200, "{}").holdBody(Gate.closed()));
            get(certificates.client(), fake.baseUrl("/v1/models")).body().close();
            assertThat(fake.awaitClientGone(SOON)).isNotNull();
        }
    }
}
