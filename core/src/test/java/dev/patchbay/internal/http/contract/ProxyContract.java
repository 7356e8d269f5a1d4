package dev.patchbay.internal.http.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.internal.http.contract.HttpStack.Asked;
import dev.patchbay.internal.http.contract.HttpStack.Told;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.ProxySettings;
import dev.patchbay.provider.Timeout;
import dev.patchbay.provider.TlsSettings;
import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ClosedPort;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.FakeProxy;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.RecordedRequest;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way through proxies (provider-files.md, section 2.2, {@code proxy}). */
public abstract class ProxyContract extends StackFixture {

    protected static final String PASSWORD = "proxy-canary-of-the-contract";
    private static final Told FINE = new Told(200, FakeProvider.DEFAULT_TEXT, "");
    private static final String NOWHERE = "http://api.nowhere.example/v1";

    protected final FakeProxy proxy = FakeProxy.start();
    protected final FakeProvider secure = FakeProvider.startTls(certificates().server());

    @AfterEach
    void closeProxy() {
        proxy.close();
        secure.close();
    }

    /** A plain provider behind the proxy. */
    protected final Definition.Builder plain(String login) {
        return provider(fake.baseUrl("/v1"))
                .http(limits(LONG, LONG, LONG, Timeout.OFF).withProxy(through(login)));
    }

    /** A provider with a certificate of an authority of its own, behind the proxy. */
    protected final Definition.Builder secure(String login) {
        TlsSettings tls = new TlsSettings(Optional.of(certificates().authority()), false);
        return provider(secure.baseUrl("/v1"))
                .http(limits(LONG, LONG, LONG, Timeout.OFF)
                        .withProxy(through(login))
                        .withTls(tls));
    }

    private ProxySettings through(String login) {
        return through(proxy.url(), login);
    }

    private static ProxySettings through(URI url, String login) {
        return ProxySettings.through(new ProxyServer(
                url.getHost(),
                url.getPort(),
                Optional.of(login)
                        .filter(text -> !text.isEmpty())
                        .map(text -> Secrets.given(Secret.of(text), Location.of("test"))),
                "http.proxy"));
    }

    @Test
    void asksAProxyForTheWholeUrlOfAPlainTarget() {
        HttpStack stack = started(plain(""));

        assertThat(stack.ask().told()).isEqualTo(FINE);
        assertThat(stack.ask().told()).isEqualTo(FINE);

        assertThat(proxy.requests())
                .extracting(RecordedRequest::target)
                .containsOnly(fake.baseUrl("/v1/chat/completions").toString());
        assertThat(fake.requests()).extracting(RecordedRequest::target).containsOnly("/v1/chat/completions");
    }

    @Test
    void opensATunnelAndShowsTheProxyNothing() {
        assertThat(started(secure("")).ask().told()).isEqualTo(FINE);

        assertThat(proxy.requests())
                .extracting(RecordedRequest::toString)
                .containsExactly("request 1: CONNECT 127.0.0.1:" + secure.port());
        assertThat(proxy.requests().get(0).headers().toString()).doesNotContain(KEY);
        assertThat(secure.onlyRequest().header("authorization")).contains("Bearer " + KEY);
    }

    @Test
    void provesItselfToTheProxyOfAPlainTargetAlone() {
        proxy.demanding("me", PASSWORD);

        assertThat(started(plain("me:" + PASSWORD)).ask().told()).isEqualTo(FINE);

        assertThat(fake.sawAnywhere("roxy-")).isFalse();
    }

    @Test
    void goesThroughTheProxyAgainWhereAPooledConnectionHadGoneStale() {
        proxy.demanding("me", PASSWORD);
        HttpStack stack = started(plain("me:" + PASSWORD));
        for (int i = 0; i < 4; i++) {
            assertThat(stack.ask().told()).isEqualTo(FINE);
        }
        fake.enqueue(Answer.closeBeforeHead());

        assertThat(stack.ask().told()).isEqualTo(FINE);

        assertThat(proxy.requests())
                .hasSize(6)
                .extracting(RecordedRequest::method)
                .containsOnly("POST");
    }

    @Test
    void endsATunnelWithItsRequest() {
        Gate gate = Gate.closed();
        secure.answer(Answer.text("Hel", "lo").holdBefore("\"lo\"", gate));
        Asked asked = started(secure("")).ask();
        gate.awaitReached(PATIENCE);

        asked.leave();

        secure.awaitClientGone(SECOND);
    }

    @Test
    void saysThatATunnelWantsAPassword() {
        proxy.demanding("me", PASSWORD);

        saysThatThereIsNoPassword(started(secure("")).ask().told());
        assertThat(secure.requests()).isEmpty();
    }

    @Test
    void saysThatAProxyWantsAPassword() {
        proxy.demanding("me", PASSWORD);

        saysThatThereIsNoPassword(started(plain("")).ask().told());
        assertThat(fake.requests()).isEmpty();
    }

    private void saysThatThereIsNoPassword(Told told) {
        assertThat(told.status()).isEqualTo(502);
        assertThat(told.failure())
                .contains("the proxy 127.0.0.1:" + proxy.port() + " wants a user name and a password", "http: {proxy:");
    }

    @Test
    void saysThatThePasswordIsWrong() {
        proxy.demanding("me", PASSWORD);

        Told told = started(plain("me:another-" + PASSWORD)).ask().told();

        assertThat(told.failure())
                .contains("refused the user name or the password")
                .doesNotContain(PASSWORD);
    }

    @Test
    void saysThatAProxyWantsAnotherProof() {
        proxy.demandingScheme("Negotiate");

        assertThat(started(plain("")).ask().told().failure())
                .contains("wants another proof than a user name and a password");
    }

    @Test
    void saysThatAProxyDoesNotLetATunnelThrough() {
        proxy.refusing(403);

        Told told = started(secure("")).ask().told();

        assertThat(told.status()).isEqualTo(502);
        assertThat(told.failure()).contains("did not connect to https://127.0.0.1:", "(status 403)");
        assertThat(proxy.requests()).hasSize(1);
    }

    @Test
    void saysThatTheProxyOfAPlainTargetIsDown() {
        saysThatTheProxyIsDown(fake.baseUrl("/v1"));
    }

    @Test
    void saysThatTheProxyForATunnelIsDown() {
        saysThatTheProxyIsDown(secure.baseUrl("/v1"));
    }

    private void saysThatTheProxyIsDown(URI target) {
        try (ClosedPort closed = ClosedPort.open()) {
            URI down = closed.baseUrl("");

            Told told = started(provider(target)
                            .http(limits(LONG, LONG, LONG, Timeout.OFF).withProxy(through(down, ""))))
                    .ask()
                    .told();

            assertThat(told.status()).isEqualTo(502);
            assertThat(told.failure()).contains("the proxy " + down.getAuthority() + " refused the connection");
        }
    }

    @Test
    void checksTheCertificateBehindTheProxy() {
        Definition.Builder untrusting = provider(secure.baseUrl("/v1"))
                .http(limits(LONG, LONG, LONG, Timeout.OFF).withProxy(through("")));

        assertThat(started(untrusting).ask().told().failure())
                .contains("the certificate of 127.0.0.1 is not trusted here", "issued by CN=");
        assertThat(secure.requests()).isEmpty();
    }

    @Test
    void takesTheProxyOfTheEnvironment() {
        proxy.demanding("me", PASSWORD).leadingTo(fake.baseUrl());

        assertThat(started(nowhere(), Map.of("HTTP_PROXY", url("me:" + PASSWORD)))
                        .ask()
                        .told())
                .isEqualTo(FINE);
        assertThat(proxy.requests()).extracting(RecordedRequest::target).containsExactly(NOWHERE + "/chat/completions");
    }

    @Test
    void takesNoProxyToLoopback() {
        assertThat(started(provider(fake.baseUrl("/v1")), Map.of("ALL_PROXY", url("me:" + PASSWORD)))
                        .ask()
                        .told())
                .isEqualTo(FINE);
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void takesNoProxyWhereNoProxySaysSo() {
        Map<String, String> variables = Map.of("HTTP_PROXY", url("me:" + PASSWORD), "NO_PROXY", "nowhere.example");

        assertThat(started(nowhere(), variables).ask().told().failure())
                .contains("there is no host named api.nowhere.example");
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void sendsNothingWhereAVariableNamesNoUsableProxy() {
        Told told = started(nowhere(), Map.of("HTTP_PROXY", "socks5://me:" + PASSWORD + "@127.0.0.1:1"))
                .ask()
                .told();

        assertThat(told.status()).isEqualTo(502);
        assertThat(told.failure())
                .contains("the proxy in HTTP_PROXY cannot be used", "nothing was sent")
                .doesNotContain(PASSWORD);
    }

    private static Definition.Builder nowhere() {
        return provider(URI.create(NOWHERE)).insecureHttpAllowed(true);
    }

    private String url(String login) {
        return "http://" + login + "@127.0.0.1:" + proxy.port();
    }
}
