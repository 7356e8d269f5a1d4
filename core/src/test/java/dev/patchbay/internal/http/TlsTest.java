package dev.patchbay.internal.http;

import static dev.patchbay.internal.http.ChatFixture.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.provider.Timeout;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static TestCertificates certificates;

    @BeforeAll
    static void makeCertificates(@TempDir Path directory) {
        certificates = TestCertificates.create(directory);
    }

    @Test
    void answersAndCancelsOverTls() throws Exception {
        SSLContext usual = SSLContext.getDefault();
        SSLContext.setDefault(certificates.client());
        try (FakeProvider fake = FakeProvider.startTls(certificates.server());
                ChatFixture chat = new ChatFixture()) {
            Definition definition =
                    chat.definition().baseUrl(fake.baseUrl("/v1")).build();
            Gate gate = Gate.closed();
            fake.enqueue(Answer.text("Hel", "lo"), Answer.text("Hel", "lo").holdAfter(2, gate));

            assertThat(chat.answer(definition)).isEqualTo("Hello");
            ChatStream stream = chat.stream(definition);
            stream.next();
            gate.awaitReached(Duration.ofSeconds(10));
            stream.close();

            fake.awaitClientGone(Duration.ofSeconds(1));
            assertThat(fake.connections()).isEqualTo(1);
        } finally {
            SSLContext.setDefault(usual);
        }
    }

    @Test
    void saysWhenACertificateExpired() throws Exception {
        SSLContext usual = SSLContext.getDefault();
        SSLContext.setDefault(certificates.client());
        try (FakeProvider fake = FakeProvider.startTls(certificates.expiredServer());
                ChatFixture chat = new ChatFixture()) {
            ProviderException failure =
                    chat.failure(chat.definition().baseUrl(fake.baseUrl("/v1")).build());

            assertThat(failure)
                    .hasMessageMatching("the certificate of 127\\.0\\.0\\.1 expired on \\d{4}-\\d\\d-\\d\\d");
        } finally {
            SSLContext.setDefault(usual);
        }
    }

    @Test
    void saysWhoIssuedACertificateThatIsNotTrusted() {
        try (FakeProvider fake = FakeProvider.startTls(certificates.server());
                ChatFixture chat = new ChatFixture()) {
            ProviderException failure =
                    chat.failure(chat.definition().baseUrl(fake.baseUrl("/v1")).build());

            assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
            assertThat(failure.isRetryable()).isFalse();
            assertThat(failure)
                    .hasMessageContaining("the certificate of 127.0.0.1 is not trusted here")
                    .hasMessageContaining("issued by CN=");
            assertThat(failure.help().orElseThrow()).contains("caFile");
            assertThat(ChatFixture.printed(failure)).doesNotContain(CANARY);
            assertThat(fake.requests()).isEmpty();
        }
    }

    @Test
    void countsTheHandshakeAsPartOfTheConnecting() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ChatFixture chat = new ChatFixture()) {
            URI base = URI.create("https://127.0.0.1:" + mute.getLocalPort());
            Timeout quick = Timeout.of(Duration.ofMillis(300));
            HttpSettings usual = HttpSettings.DEFAULT;
            RetryPolicy none = ChatFixture.quick(0).retries();

            ProviderException failure = chat.failure(chat.definition()
                    .baseUrl(base)
                    .http(new HttpSettings(quick, usual.firstByte(), usual.idle(), usual.total(), none))
                    .build());

            assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
            assertThat(failure).hasMessage("no connection to " + base + " within 300ms");
        }
    }
}
