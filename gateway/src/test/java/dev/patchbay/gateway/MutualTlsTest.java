package dev.patchbay.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.patchbay.Patchbay;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.TlsSettings;
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

    private static final String PASSPHRASE = "canary of four words";

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
        write("client.key", certificates.privateKey());
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
                    Gateway gateway = gateway(patchbay)) {
                SessionResult result = launch(patchbay);
                assertThat(said(result)).contains("known to me");
                assertThat(ask(gateway)).contains("known to me");
            }
        }
        assertThat(peers).hasSize(4).allMatch("CN=localhost"::equals);
    }

    @Test
    void anEncryptedKeyIsOpenedWithThePassphraseOfAnySecretForm() throws Exception {
        write("client.key", certificates.privateKey(PASSPHRASE));
        write("passphrase", PASSPHRASE + "\n");
        for (String password : List.of("$PASSPHRASE", "{file: passphrase}", "{command: [cat, %s]}")) {
            try (Patchbay patchbay = open("clientCert: client.pem, clientKey: {file: client.key}, clientKeyPassword: "
                            + password.formatted(folder.resolve("passphrase")));
                    Gateway gateway = gateway(patchbay)) {
                assertThat(said(launch(patchbay))).contains("known to me");
                assertThat(ask(gateway)).contains("known to me");
            }
        }
        assertThat(peers).hasSize(6).allMatch("CN=localhost"::equals);
    }

    @Test
    void aPassphraseThatDoesNotOpenTheKeyIsSaidWithTheFileAndWithoutQuotingIt() throws Exception {
        write("client.key", certificates.privateKey("another passphrase"));
        try (Patchbay patchbay =
                        open("clientCert: client.pem, clientKey: {file: client.key}, clientKeyPassword: $PASSPHRASE");
                Gateway gateway = gateway(patchbay)) {
            for (String answer : List.of(said(launch(patchbay)), ask(gateway))) {
                assertThat(answer)
                        .contains("client.key does not open with the passphrase from $PASSPHRASE")
                        .contains("http.tls.clientKeyPassword")
                        .doesNotContain(PASSPHRASE);
            }
        }
        assertThat(peers).isEmpty();
    }

    @Test
    void anEncryptedKeyWithoutAPassphraseSaysWhereOneIsWritten() throws Exception {
        write("client.key", certificates.privateKey(PASSPHRASE));
        try (Patchbay patchbay = open("clientCert: client.pem, clientKey: {file: client.key}")) {
            assertThat(said(launch(patchbay)))
                    .contains("client.key is encrypted, and nothing says its passphrase")
                    .contains("clientKeyPassword: $CLIENT_KEY_PASSWORD");
        }
    }

    @Test
    void aKeyThatIsEncryptedInAWayThatTheJdkLacksSaysHowToEncryptItAnew() throws Exception {
        write("client.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n");
        try (Patchbay patchbay =
                open("clientCert: client.pem, clientKey: {file: client.key}, clientKeyPassword: $PASSPHRASE")) {
            assertThat(said(launch(patchbay)))
                    .contains("client.key is encrypted in a way that this JDK cannot undo")
                    .contains("openssl pkcs8 -topk8 -v2 aes-256-cbc");
        }
    }

    @Test
    void aPassphraseWithoutAKeyIsRefusedWithTheFile() throws Exception {
        try (Patchbay patchbay = open("clientKeyPassword: $PASSPHRASE")) {
            assertThat(patchbay.registry().find("mutual").orElseThrow().reason().orElseThrow())
                    .contains("clientKeyPassword needs the clientKey that it opens");
        }
    }

    @Test
    void thePassphraseStaysBehindWhereTheOriginChangesAndIsNotExplained() throws Exception {
        write("client.key", certificates.privateKey(PASSPHRASE));
        try (Patchbay patchbay =
                open("clientCert: client.pem, clientKey: {file: client.key}, clientKeyPassword: $PASSPHRASE")) {
            Provider moved = patchbay.registry().find("moved").orElseThrow();
            assertThat(moved.reason().orElseThrow()).contains("http.tls.clientKeyPassword");
            assertThat(moved.definition().orElseThrow().http().tls()).isEqualTo(TlsSettings.DEFAULT);
            assertThat(patchbay.registry().find("mutual").orElseThrow().definition() + "")
                    .doesNotContain(PASSPHRASE);
        }
    }

    @Test
    void withoutACertificateNeitherGetsThrough() throws Exception {
        try (Patchbay patchbay = open("insecureSkipVerify: false");
                Gateway gateway = gateway(patchbay)) {
            SessionResult result = launch(patchbay);
            assertThat(said(result)).isNotEqualTo("Optional.empty").doesNotContain("known to me");
            assertThat(ask(gateway)).doesNotContain("known to me");
        }
        assertThat(peers).isEmpty();
    }

    @Test
    void aKeyThatIsNoneIsSaidWithoutQuotingIt() throws Exception {
        write("client.key", "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n");
        try (Patchbay patchbay = open("clientCert: client.pem, clientKey: {file: client.key}");
                Gateway gateway = gateway(patchbay)) {
            String launched = said(launch(patchbay));
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

    private void write(String name, String content) throws Exception {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static Gateway gateway(Patchbay patchbay) {
        return Gateway.builder(patchbay).token(Secret.of("token")).port(0).start();
    }

    private static SessionResult launch(Patchbay patchbay) throws Exception {
        return patchbay.launch(LaunchRequest.query("hi").provider("mutual").build())
                .await();
    }

    private static String said(SessionResult result) {
        return result.textSoFar() + result.error();
    }

    private Patchbay open(String tls) throws Exception {
        return Patchbay.builder()
                .withoutDiscovery()
                .environment(Environment.of(Map.of(
                        "KEY", "canary-key-1", "CLIENT_KEY", certificates.privateKey(), "PASSPHRASE", PASSPHRASE)))
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
