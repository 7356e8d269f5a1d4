package dev.patchbay.internal.http.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.http.contract.HttpStack.Asked;
import dev.patchbay.internal.http.contract.HttpStack.Told;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Timeout;
import dev.patchbay.provider.TlsSettings;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ClosedPort;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time-outs, cancelling, broken connections and misdirected answers (provider-files.md, sections 2.2 and 4). */
@org.junit.jupiter.api.Timeout(60)
public abstract class HttpStackContract extends ProxyContract {

    private HttpStack started(HttpSettings limits) {
        return started(provider(fake.baseUrl("/v1")).http(limits));
    }

    private HttpStack started() {
        return started(provider(fake.baseUrl("/v1")));
    }

    @Test
    void countsTheHandshakeAsPartOfTheConnecting() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI base = URI.create("https://127.0.0.1:" + mute.getLocalPort());

            Told told = started(provider(base).http(limits(SHORT, LONG, LONG, Timeout.OFF)))
                    .ask()
                    .told();

            assertThat(told.status()).isEqualTo(502);
            assertThat(told.failure()).contains("no connection to " + base + " within 400ms", "http.connectTimeout");
        }
    }

    @Test
    void givesUpWhereNoAnswerBegins() {
        fake.answer(Answer.silence());

        Told told = started(limits(LONG, SHORT, LONG, Timeout.OFF)).ask().told();

        assertThat(told.status()).isEqualTo(504);
        assertThat(told.failure()).contains("no answer from", "within 400ms", "http.firstByteTimeout");
        fake.awaitClientGone(SECOND);
    }

    @Test
    void givesUpWhereAnAnswerDoesNotGoOn() {
        fake.answer(Answer.text("Hel", "lo").holdBefore("\"lo\"", Gate.closed()));

        Told told = started(limits(LONG, LONG, SHORT, Timeout.OFF)).ask().told();

        assertThat(told.text()).isEqualTo("Hel");
        assertThat(told.failure()).contains("began to answer and then sent nothing for 400ms", "http.idleTimeout");
        fake.awaitClientGone(SECOND);
    }

    @Test
    void givesUpWhereAnAnswerTakesTooLongAsAWhole() {
        fake.answer(Answer.text("Hel", "lo").holdBefore("\"lo\"", Gate.closed()));

        Told told = started(limits(LONG, LONG, LONG, SHORT)).ask().told();

        assertThat(told.text()).isEqualTo("Hel");
        assertThat(told.failure()).contains("did not finish its answer within 400ms", "http.totalTimeout");
        fake.awaitClientGone(SECOND);
    }

    @Test
    void cancelsWhileNoAnswerHasBegun() {
        fake.answer(Answer.silence());
        Asked asked = started().ask();
        fake.takeRequest(PATIENCE);

        asked.leave();

        fake.awaitClientGone(SECOND);
    }

    @Test
    void cancelsWhileTheProviderIsSilent() {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("Hel", "lo").holdBefore("\"lo\"", gate));
        Asked asked = started().ask();
        gate.awaitReached(PATIENCE);

        asked.leave();

        fake.awaitClientGone(SECOND);
    }

    @Test
    void asksOnceMoreWhereAPooledConnectionHadGoneStale() {
        HttpStack stack = warm();
        fake.enqueue(Answer.closeBeforeHead());

        assertThat(stack.ask().told()).isEqualTo(new Told(200, FakeProvider.DEFAULT_TEXT, ""));
        assertThat(fake.requests()).hasSize(6);
    }

    @Test
    void asksNoMoreThanOnceMore() {
        HttpStack stack = warm();
        fake.answer(Answer.closeBeforeHead());

        Told told = stack.ask().told();

        assertThat(told.status()).isEqualTo(502);
        assertThat(told.failure()).contains("closed the connection without an answer");
        assertThat(fake.requests()).hasSize(6);
    }

    /** With connections in its pool, however many pools it has. */
    private HttpStack warm() {
        HttpStack stack = started();
        for (int i = 0; i < 4; i++) {
            assertThat(stack.ask().told().failure()).isEmpty();
        }
        return stack;
    }

    @Test
    void outlivesAProviderThatClosesConnectionsWithoutNotice() {
        fake.answer(Answer.text("fine").thenClose());
        HttpStack stack = started();

        for (int i = 0; i < 10; i++) {
            assertThat(stack.ask().told()).isEqualTo(new Told(200, "fine", ""));
        }
    }

    @Test
    void doesNotAskAgainOnAConnectionThatWasFresh() {
        fake.answer(Answer.closeBeforeHead());

        Told told = started().ask().told();

        assertThat(told.status()).isEqualTo(502);
        assertThat(told.failure()).contains("closed the connection without an answer");
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void followsNoRedirect() {
        try (FakeProvider elsewhere = FakeProvider.start()) {
            fake.answer(Answer.redirect(elsewhere.baseUrl("/v1/chat/completions")));

            Told told = started().ask().told();

            assertThat(told.failure())
                    .contains("sends requests to", "redirects are not followed, since the key belongs to");
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void saysWhoIssuedACertificateThatIsNotTrusted() {
        try (FakeProvider secret = FakeProvider.startTls(certificates().server())) {
            Told told = started(provider(secret.baseUrl("/v1"))).ask().told();

            assertThat(told.status()).isEqualTo(502);
            assertThat(told.failure())
                    .contains("the certificate of 127.0.0.1 is not trusted here", "issued by CN=", "caFile");
            assertThat(secret.requests()).isEmpty();
        }
    }

    @Test
    void trustsTheAuthorityThatTheFileNames() {
        Gate gate = Gate.closed();
        try (FakeProvider secret = FakeProvider.startTls(certificates().server())) {
            HttpStack stack = started(
                    trusting(secret, new TlsSettings(Optional.of(certificates().authority()), false)));
            secret.enqueue(Answer.text("fine"), Answer.text("Hel", "lo").holdBefore("\"lo\"", gate));

            assertThat(stack.ask().told()).isEqualTo(new Told(200, "fine", ""));
            Asked asked = stack.ask();
            gate.awaitReached(PATIENCE);
            asked.leave();

            secret.awaitClientGone(SECOND);
        }
    }

    /** A full handshake costs two round trips and, on both sides, much work. */
    @Test
    void resumesTheTlsSessionOnTheNextConnection() {
        int connections = 2 * Runtime.getRuntime().availableProcessors() + 2;
        try (FakeProvider secret = FakeProvider.startTls(certificates().server())) {
            HttpStack stack = started(
                    trusting(secret, new TlsSettings(Optional.of(certificates().authority()), false)));
            secret.answer(Answer.text("fine").thenClose());

            for (int i = 0; i < connections; i++) {
                assertThat(stack.ask().told()).isEqualTo(new Told(200, "fine", ""));
            }

            assertThat(secret.connections()).isEqualTo(connections);
            // One for each pool, of which there is one for each processor at most.
            assertThat(secret.tlsSessions()).isBetween(1, Runtime.getRuntime().availableProcessors());
        }
    }

    @Test
    void checksTheRestOfTheCertificateThen() {
        try (FakeProvider secret = FakeProvider.startTls(certificates().expiredServer())) {
            TlsSettings tls = new TlsSettings(Optional.of(certificates().authority()), false);

            Told told = started(trusting(secret, tls)).ask().told();

            assertThat(told.failure()).contains("the certificate of 127.0.0.1 expired on");
            assertThat(secret.requests()).isEmpty();
        }
    }

    @Test
    void checksNothingWhereThatIsAskedFor() {
        try (FakeProvider secret = FakeProvider.startTls(certificates().expiredServer())) {
            TlsSettings tls = new TlsSettings(Optional.empty(), true);

            assertThat(started(trusting(secret, tls)).ask().told().failure()).isEmpty();
        }
    }

    @Test
    void saysThatAFileHoldsNoCertificates(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        try (FakeProvider secret = FakeProvider.startTls(certificates().server())) {
            TlsSettings tls = new TlsSettings(Optional.of(broken), false);

            Told told = started(trusting(secret, tls)).ask().told();

            assertThat(told.status()).isEqualTo(502);
            assertThat(told.failure()).contains("the certificates in " + broken + " cannot be used", "http.tls.caFile");
            assertThat(secret.connections()).isZero();
        }
    }

    private static Definition.Builder trusting(FakeProvider secret, TlsSettings tls) {
        return provider(secret.baseUrl("/v1"))
                .http(limits(LONG, LONG, LONG, Timeout.OFF).withTls(tls));
    }

    @Test
    void saysThatAServerSpeaksNoTls() {
        URI base = URI.create(fake.baseUrl("/v1").toString().replace("http://", "https://"));

        Told told = started(provider(base)).ask().told();

        assertThat(told.status()).isEqualTo(502);
        assertThat(told.failure()).contains("no TLS connection to", "http://");
        assertThat(fake.sawAnywhere(KEY)).isFalse();
    }

    @Test
    void saysThatNobodyListens() {
        try (ClosedPort closed = ClosedPort.open()) {
            Told told = started(provider(closed.baseUrl("/v1"))).ask().told();

            assertThat(told.status()).isEqualTo(502);
            assertThat(told.failure()).contains("refused the connection", "start the server");
        }
    }

    @Test
    void readsWhatIsCompressed() {
        fake.answer(Answer.text("Hel", "lo").gzip());

        assertThat(started().ask().told()).isEqualTo(new Told(200, "Hello", ""));
    }

    @Test
    void doesNotTakeHalfAnEventForOne() {
        fake.answer(Answer.text("Hel", "lo").cutInside(2));

        Told told = started().ask().told();

        assertThat(told.text()).isEqualTo("Hel");
        assertThat(told.failure()).isNotEmpty();
    }

    @Test
    void saysThatTheConnectionWasReset() {
        fake.answer(Answer.resetBeforeHead());

        Told told = started().ask().told();

        assertThat(told.status()).isEqualTo(502);
        assertThat(told.failure()).contains("the connection", "try again");
    }

    @Test
    void doesNotTakeAResetForTheEnd() {
        fake.answer(Answer.text("Hel", "lo").resetAfter(2));

        assertThat(started().ask().told().failure()).isNotEmpty();
    }

    @Test
    void saysThatAWebPageIsNoAnswer() {
        fake.answer(Answer.html(200));

        Told told = started().ask().told();

        assertThat(told.status()).isEqualTo(502);
        assertThat(told.failure()).contains("web page", "baseUrl must be the API's address");
    }
}
