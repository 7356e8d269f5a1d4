package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.ProxySettings;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.TlsSettings;
import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.FakeProxy;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.testkit.TestCertificates;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tunnels through proxies that want a password, which the JVM of tests keeps back (provider-files.md, section 2.2). */
@Timeout(60)
class TunnelTest {

    private static final String PASSWORD = "proxy-canary-6e";

    @TempDir
    static Path folder;

    private static TestCertificates certificates;

    private final GatewayFixture fixture = new GatewayFixture();
    private final FakeProvider secure = FakeProvider.startTls(certificates.server());
    private final FakeProxy proxy = FakeProxy.start().demanding("me", PASSWORD);

    @BeforeAll
    static void makeCertificates() {
        certificates = TestCertificates.create(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
        proxy.close();
        secure.close();
    }

    private Definition.Builder behind(String id, SecretValue login) {
        return Definition.builder(id)
                .baseUrl(secure.baseUrl("/v1"))
                .defaultModel("m")
                .auth(Auth.bearer(GatewayFixture.key()))
                .http(GatewayFixture.quick()
                        .withProxy(ProxySettings.through(
                                new ProxyServer("127.0.0.1", proxy.port(), Optional.of(login), "http.proxy")))
                        .withTls(new TlsSettings(Optional.of(certificates.authority()), false)));
    }

    private static SecretValue given(String login) {
        return Secrets.given(Secret.of(login), Location.of("test"));
    }

    private HttpResponse<String> ask(String model) {
        return fixture.post("/v1/chat/completions", GatewayFixture.chat(false).replace("gpt-x", model));
    }

    @Test
    void provesItselfToTheProxyAlone() {
        fixture.start(behind("p", given("me:" + PASSWORD)).build(), gateway -> gateway);

        assertThat(ask("p/m").statusCode()).isEqualTo(200);
        assertThat(proxy.requests()).extracting(RecordedRequest::method).containsExactly("CONNECT");
        assertThat(secure.sawAnywhere("roxy-")).isFalse();
    }

    @Test
    void waitsForAPasswordThatACommandPrints() {
        SecretValue login = Secrets.command(
                List.of("echo", "me:" + PASSWORD), Duration.ofHours(1), Duration.ofSeconds(20), Location.of("test"));
        fixture.start(behind("p", login).build(), gateway -> gateway);

        assertThat(ask("p/m").statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotUseTheTunnelOfAnotherLogin() {
        fixture.start(
                List.of(
                        behind("p", given("me:" + PASSWORD)).build(),
                        behind("q", given("me:another-" + PASSWORD)).build()),
                gateway -> gateway);

        // More than there are event loops, each of which has connections of its own.
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            assertThat(ask("p/m").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = ask("q/m");
            assertThat(refused.statusCode()).isEqualTo(502);
            assertThat(refused.body())
                    .contains("refused the user name or the password")
                    .doesNotContain(PASSWORD);
        }
    }

    @Test
    void opensAnotherTunnelWhereOneHadGoneStale() {
        fixture.start(behind("p", given("me:" + PASSWORD)).build(), gateway -> gateway);
        assertThat(ask("p/m").statusCode()).isEqualTo(200);
        secure.enqueue(Answer.closeBeforeHead());

        assertThat(ask("p/m").statusCode()).isEqualTo(200);
        assertThat(secure.requests()).hasSize(3);
    }
}
