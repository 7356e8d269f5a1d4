package dev.patchbay.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.patchbay.Patchbay;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.SessionResult;
import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.TestCertificates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that demands a client certificate gets one, over both HTTP stacks (provider-files.md, section 2.2). */
final class MutualTlsTest {

    private static final String ANSWER =
            "{\"id\": \"1\", \"object\": \"chat.completion\", \"model\": \"m\", \"choices\": [{\"index\": 0, \"finish_reason\":"
                    + " \"stop\", \"message\": {\"role\": \"assistant\", \"content\": \"known to me\"}}]}";
    private static final String EVENTS =
            "data: {\"id\": \"1\", \"choices\": [{\"index\": 0, \"delta\": {\"content\": \"known to me\"}}]}\n\n"
                    + "data: {\"id\": \"1\", \"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}]}\n\n"
                    + "data: [DONE]\n\n";

    @TempDir
    Path folder;

    private final List<String> peers = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestCertificates certificates;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        certificates = TestCertificates.create(folder);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.mutualServer()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters demanding = getSSLContext().getDefaultSSLParameters();
                demanding.setNeedClientAuth(true);
                parameters.setSSLParameters(demanding);
            }
        });
        server.createContext("/", exchange -> {
            peers.add(((com.sun.net.httpserver.HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName());
            boolean stream = new String(exchange.getRequestBody().readAllBytes(), UTF_8).contains("\"stream\":true");
            byte[] body = (stream ? EVENTS : ANSWER).getBytes(UTF_8);
            exchange.getResponseHeaders().set("content-type", stream ? "text/event-stream" : "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
        Files.writeString(folder.resolve("client.pem"), certificates.chain());
        Path key = Files.writeString(folder.resolve("client.key"), certificates.privateKey());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void launchAndGatewayShowTheCertificateThatTheServerDemands() throws Exception {
        for (String key : List.of("{file: client.key}", "$CLIENT_KEY")) {
            try (Patchbay patchbay = open("clientCert: client.pem, clientKey: " + key);
                    Gateway gateway = Gateway.builder(patchbay)
                            .token(Secret.of("token"))
                            .port(0)
                            .start()) {
                SessionResult result = patchbay.launch(
                                LaunchRequest.query("hi").provider("mutual").build())
                        .await();
                assertThat(said(result)).contains("known to me");
                assertThat(ask(gateway)).contains("known to me");
            }
        }
        assertThat(peers).hasSize(4).allMatch("CN=localhost"::equals);
    }

    @Test
    void withoutACertificateNeitherGetsThrough() throws Exception {
        try (Patchbay patchbay = open("insecureSkipVerify: false");
                Gateway gateway = Gateway.builder(patchbay)
                        .token(Secret.of("token"))
                        .port(0)
                        .start()) {
            SessionResult result = patchbay.launch(
                            LaunchRequest.query("hi").provider("mutual").build())
                    .await();
            assertThat(said(result)).isNotEqualTo("Optional.empty").doesNotContain("known to me");
            assertThat(ask(gateway)).doesNotContain("known to me");
        }
        assertThat(peers).isEmpty();
    }

    @Test
    void aKeyThatIsNoneIsSaidWithoutQuotingIt() throws Exception {
        Path wrong = Files.writeString(
                folder.resolve("client.key"), "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));
        try (Patchbay patchbay = open("clientCert: client.pem, clientKey: {file: client.key}");
                Gateway gateway = Gateway.builder(patchbay)
                        .token(Secret.of("token"))
                        .port(0)
                        .start()) {
            String launched = said(
                    patchbay.launch(LaunchRequest.query("hi").provider("mutual").build())
                            .await());
            assertThat(launched).contains("cannot be used").doesNotContain("canary");
            assertThat(ask(gateway)).contains("cannot be used").doesNotContain("canary");
        }
    }

    @Test
    void theCertificateStaysBehindWhereTheOriginChanges() throws Exception {
        try (Patchbay patchbay = open("clientCert: client.pem, clientKey: {file: client.key}")) {
            Provider moved = patchbay.registry().find("moved").orElseThrow();
            assertThat(moved.state()).isEqualTo(ProviderState.UNAVAILABLE);
            assertThat(moved.reason().orElseThrow()).contains("http.tls.clientKey");
            assertThat(moved.definition().orElseThrow().http().tls().clientCert())
                    .isEmpty();
        }
    }

    private static String said(SessionResult result) {
        return result.textSoFar() + result.error();
    }

    private Patchbay open(String tls) throws Exception {
        return Patchbay.builder()
                .withoutDiscovery()
                .environment(Environment.of(Map.of("KEY", "canary-key-1", "CLIENT_KEY", certificates.privateKey())))
                .config(Files.writeString(folder.resolve("p.yaml"), """
                        providers:
                          mutual:
                            baseUrl: "https://localhost:%d/v1"
                            apiKey: $KEY
                            defaultModel: m
                            http: {retries: {max: 0}, tls: {caFile: "%s", %s}}
                          moved: {extends: mutual, baseUrl: "https://elsewhere.example/v1"}
                        """.formatted(
                                server.getAddress().getPort(), certificates.authority(), tls)))
                .build();
    }

    private static String ask(Gateway gateway) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(gateway.url().resolve("/v1/chat/completions"))
                                .timeout(Duration.ofSeconds(20))
                                .header("authorization", "Bearer token")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"model\": \"mutual/m\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
