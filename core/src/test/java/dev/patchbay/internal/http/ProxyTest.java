package dev.patchbay.internal.http;

import static dev.patchbay.internal.http.ChatFixture.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.route.TestSecret;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.ProxySettings;
import dev.patchbay.provider.TlsSettings;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ClosedPort;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.FakeProxy;
import dev.patchbay.testkit.Golden;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.testkit.TestCertificates;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to a provider through a proxy, with real sockets. */
final class ProxyTest {

    private static final Golden GOLDEN = Golden.files().withoutPorts();
    private static final String PASSWORD = "proxy-canary-5d1e";

    private static TestCertificates certificates;

    @TempDir
    static Path folder;

    private final ChatFixture chat = new ChatFixture();
    private final FakeProvider secure = FakeProvider.startTls(certificates.server());
    private final FakeProxy proxy = FakeProxy.start();

    @BeforeAll
    static void makeCertificates() {
        certificates = TestCertificates.create(folder);
    }

    @AfterEach
    void close() {
        proxy.close();
        secure.close();
        chat.close();
    }

    @Test
    void asksForTheWholeUrlOfAPlainTarget() {
        assertThat(chat.answer(plain(through("")))).isEqualTo(FakeProvider.DEFAULT_TEXT);
        assertThat(proxy.requests())
                .extracting(RecordedRequest::toString)
                .containsExactly("request 1: POST " + chat.fake.baseUrl("/v1/chat/completions"));
        assertThat(chat.fake.onlyRequest().target()).isEqualTo("/v1/chat/completions");
    }

    @Test
    void opensATunnelForHttpsAndShowsTheProxyNothing() {
        assertThat(chat.answer(secure(through("")))).isEqualTo(FakeProvider.DEFAULT_TEXT);
        RecordedRequest asked = proxy.requests().get(0);
        assertThat(proxy.requests()).hasSize(1);
        assertThat(asked).hasToString("request 1: CONNECT 127.0.0.1:" + secure.port());
        assertThat(asked.headers().toString()).doesNotContain(CANARY);
        assertThat(secure.onlyRequest().header("authorization")).contains("Bearer " + CANARY);
    }

    @Test
    void provesItselfToTheProxyAlone() {
        proxy.demanding("me", PASSWORD);
        assertThat(chat.answer(plain(through("me:" + PASSWORD)))).isEqualTo(FakeProvider.DEFAULT_TEXT);
        assertThat(proxy.requests()).hasSize(1);
        assertThat(chat.fake.onlyRequest().headers().entries())
                .noneMatch(header -> header.getKey().toLowerCase(Locale.ROOT).startsWith("proxy-"));
    }

    @Tag("process")
    @Tag("newest")
    @Test
    void provesItselfToTheProxyThatOpensATunnel() {
        proxy.demanding("me", PASSWORD);
        assertThat(chat.answer(secure(through("me:" + PASSWORD)))).isEqualTo(FakeProvider.DEFAULT_TEXT);
        assertThat(proxy.requests()).extracting(RecordedRequest::method).containsExactly("CONNECT");
        assertThat(secure.sawAnywhere("roxy-")).isFalse();
    }

    @Test
    void aLaunchProvesItselfToTheProxyThatOpensATunnel() {
        proxy.demanding("me", PASSWORD);
        ProcessOutcome outcome = ChildProcess.java(
                        LaunchThroughProxy.class.getName(),
                        secure.baseUrl("/v1").toString(),
                        certificates.authority().toString(),
                        "http://me:$PROXY_PASSWORD@127.0.0.1:" + proxy.port())
                .env("PROXY_PASSWORD", PASSWORD)
                .env("KEY", CANARY)
                .run(Duration.ofSeconds(60));
        assertThat(outcome.stdout()).isEqualTo(FakeProvider.DEFAULT_TEXT);
        assertThat(proxy.requests()).extracting(RecordedRequest::method).containsExactly("CONNECT");
        assertThat(secure.sawAnywhere("roxy-")).isFalse();
    }

    @Test
    void takesTheProxyOfTheEnvironmentButForLoopback() {
        proxy.demanding("me", PASSWORD).leadingTo(chat.fake.baseUrl());
        Definition remote = chat.definition()
                .baseUrl(URI.create("http://api.nowhere.example/v1"))
                .insecureHttpAllowed(true)
                .build();
        Environment environment =
                Environment.of(Map.of("HTTP_PROXY", "http://me:" + PASSWORD + "@127.0.0.1:" + proxy.port()));
        try (Patchbay patchbay = Patchbay.builder()
                .withoutDiscovery()
                .environment(environment)
                .definition(remote)
                .definition(Definition.builder("local")
                        .baseUrl(chat.fake.baseUrl("/v1"))
                        .defaultModel("m")
                        .auth(Auth.NONE)
                        .build())
                .build()) {
            assertThat(launch(patchbay, "local")).isEqualTo(FakeProvider.DEFAULT_TEXT);
            assertThat(proxy.requests()).isEmpty();
            assertThat(launch(patchbay, "fake")).isEqualTo(FakeProvider.DEFAULT_TEXT);
            assertThat(proxy.requests())
                    .extracting(RecordedRequest::target)
                    .containsExactly("http://api.nowhere.example/v1/chat/completions");
        }
    }

    private static String launch(Patchbay patchbay, String provider) {
        return patchbay.launch(LaunchRequest.query("Hello").provider(provider).build())
                .await()
                .text();
    }

    @Test
    void saysWhatIsWrongWithTheProxy() {
        StringBuilder told = new StringBuilder();
        proxy.demanding("me", PASSWORD);
        told.append("407, https, no password\n").append(told(secure(through(""))));
        told.append("407, http, no password\n").append(told(plain(through(""))));
        told.append("407, http, wrong password\n").append(told(plain(through("me:wrong-password-8f"))));
        told.append("407, https, wrong password\n").append(told(secure(through("me:wrong-password-8f"))));
        try (ChatFixture http2 = new ChatFixture()) {
            http2.clients.speaksHttp2Only(Origin.of(secure.baseUrl()).orElseThrow());
            told.append("407, HTTP/2 alone, password kept back by the JVM\n")
                    .append(told(http2.failure(secure(through("me:" + PASSWORD)))));
        }
        proxy.demandingScheme("Negotiate");
        told.append("407, https, another scheme\n").append(told(secure(through("me:" + PASSWORD))));
        try (FakeProxy refusing = FakeProxy.start().refusing(403);
                FakeProxy broken = FakeProxy.start().refusing(502)) {
            told.append("403\n").append(told(secure(through(refusing.url()))));
            told.append("502\n").append(told(secure(through(broken.url()))));
        }
        try (ClosedPort closed = ClosedPort.open()) {
            told.append("down, https\n").append(told(secure(through(closed.baseUrl("")))));
            told.append("down, http\n").append(told(plain(through(closed.baseUrl("")))));
        }
        GOLDEN.check("ProxyTest/messages.txt", told.toString());
        assertThat(told).doesNotContain(PASSWORD).doesNotContain("wrong-password-8f");
        assertThat(chat.fake.requests()).isEmpty();
        assertThat(secure.requests()).isEmpty();
    }

    @Test
    void findsTheIssuerOfACertificateThroughTheProxy() {
        proxy.demanding("me", PASSWORD);
        proxy.leadingTo(secure.baseUrl());
        Definition definition = chat.definition()
                .baseUrl(URI.create("https://api.nowhere.example/v1"))
                .http(ChatFixture.quick(0).withProxy(through("me:" + PASSWORD)))
                .build();
        assertThat(PeerCertificate.chain(
                        Origin.of(definition.baseUrl().orElseThrow()).orElseThrow(),
                        definition.http().proxy().server().orElseThrow()))
                .extracting(certificate -> certificate.getIssuerX500Principal().getName())
                .contains("CN=Test authority");
        try (FakeProxy free = FakeProxy.start().leadingTo(secure.baseUrl())) {
            ProviderException failure = chat.failure(definition.toBuilder()
                    .http(ChatFixture.quick(0).withProxy(through(free.url())))
                    .build());
            assertThat(failure)
                    .hasMessage("the certificate of api.nowhere.example is not trusted here: it was issued by CN=Test"
                            + " authority");
        }
    }

    @Test
    void aProviderThatRepeatsThePasswordIsNotRepeated() {
        chat.fake.answer(Answer.error(400, "invalid_request_error", "what is " + PASSWORD + "?"));
        ProviderException failure = chat.failure(plain(through("me:" + PASSWORD)));
        assertThat(ChatFixture.printed(failure)).contains("what is ***?").doesNotContain(PASSWORD);
    }

    private ProxySettings through(String userInfo) {
        return ProxySettings.through(new ProxyServer(
                "127.0.0.1",
                proxy.port(),
                userInfo.isEmpty() ? Optional.empty() : Optional.of(TestSecret.of("PROXY_LOGIN", userInfo)),
                "http.proxy"));
    }

    private static ProxySettings through(URI url) {
        return ProxySettings.through(new ProxyServer(url.getHost(), url.getPort(), Optional.empty(), "HTTPS_PROXY"));
    }

    private Definition plain(ProxySettings way) {
        return chat.definition().http(ChatFixture.quick(0).withProxy(way)).build();
    }

    private Definition secure(ProxySettings way) {
        HttpSettings settings = ChatFixture.quick(0)
                .withProxy(way)
                .withTls(new TlsSettings(Optional.of(certificates.authority()), false));
        return chat.definition().baseUrl(secure.baseUrl("/v1")).http(settings).build();
    }

    private String told(Definition definition) {
        return told(chat.failure(definition));
    }

    private static String told(ProviderException failure) {
        return "  " + failure.getMessage() + "\n  help: " + failure.help().orElseThrow() + "\n";
    }
}
