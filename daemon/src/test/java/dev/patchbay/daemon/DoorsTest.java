package dev.patchbay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.FakeProvider;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, and that whoever does not is told so in the one shape, whatever was asked. */
final class DoorsTest {

    private static final List<String> PATHS = List.of(
            "/sessions",
            "/sessions/search",
            "/sessions/x",
            "/sessions/x/continue",
            "/sessions/x/interrupt",
            "/sessions/x/launch",
            "/sessions/x/messages",
            "/sessions/archive",
            "/sessions/restore",
            "/usage",
            "/providers",
            "/providers/ok",
            "/providers/ok/test",
            "/providers/reload",
            "/stream/events",
            "/nowhere",
            "/",
            "");

    private static final List<String> METHODS =
            List.of("GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW");

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();
    private TestDaemon daemon;

    @BeforeEach
    void start() {
        daemon = TestDaemon.start(home, fake);
    }

    @AfterEach
    void close() {
        daemon.close();
        fake.close();
    }

    @Test
    void nobodyGetsInWithoutTokenFromAnotherPageOrByAnotherName() throws Exception {
        for (String path : PATHS) {
            for (String method : METHODS) {
                assertRefused(401, method, path, "");
                assertRefused(401, method, path + "?token=" + daemon.token() + "&access_token=" + daemon.token(), "");
                assertRefused(403, method, path, token() + "Origin: https://evil.example\r\n");
                assertRefused(403, method, path, token() + "Origin: null\r\n");
                assertRefused(403, method, path, token() + "Sec-Fetch-Site: cross-site\r\n");
            }
            assertThat(status("GET " + path, "Host: evil.example\r\n" + token()).status)
                    .isEqualTo(403);
        }
        assertThat(daemon.get("/sessions").data()).isEmpty();
        assertThat(fake.requests()).isEmpty();
    }

    /** Somebody pastes the wrong thing, and what is answered goes into a log. */
    @Test
    void aKeyInAnAddressIsNotSaidAgainInAnySpelling() {
        for (String key :
                List.of("sk-CANARY0123456789abcdef", "%73k-CANARY0123456789abcdef", "sk%2dC%41NARY0123456789abcdef")) {
            for (String path : List.of(
                    "/sessions/%s",
                    "/sessions/%s/messages",
                    "/sessions/%s/llm/v1/models",
                    "/sessions?cursor=%s",
                    "/sessions?filter=%s",
                    "/sessions?%s=1",
                    "/usage?by=%s",
                    "/usage?from=%s",
                    "/providers/%s",
                    "/stream/events?eventTypes=%s",
                    "/%s")) {
                TestDaemon.Answer answer = daemon.get(path.replace("%s", key));
                assertThat(answer.http().body()).as(path).doesNotContain("CANARY", "NARY0123");
            }
        }
        TestDaemon.Answer option =
                daemon.post("/sessions", "{\"query\":\"Hi\",\"options\":{\"sk-CANARY0123456789abcdef\":1}}");
        assertThat(option.status()).isEqualTo(422);
        assertThat(option.http().body()).doesNotContain("CANARY");
        TestDaemon.Answer own = daemon.post("/sessions", """
                {"query":"Hi","provider":"mine","model":"m","proxy_enabled":true,"proxy_base_url":"%s",
                 "proxy_api_key":"plain-CANARY-words","options":{"a":{"plain-CANARY-words":1}}}
                """.formatted(fake.baseUrl("/v1")));
        assertThat(own.status()).isEqualTo(422);
        assertThat(own.http().body()).doesNotContain("CANARY");
        assertThat(daemon.get("/sessions").data()).isEmpty();
    }

    @Test
    void aMethodThatAPathDoesNotTakeIsToldWhichOnesItTakes() throws Exception {
        int refused = 0;
        for (String path : PATHS) {
            for (String method : METHODS) {
                if (path.equals("/stream/events") && method.equals("GET")) {
                    continue;
                }
                RawAnswer answer = status(method + " " + path, "Host: 127.0.0.1\r\n" + token());
                if (answer.status == 405) {
                    assertThat(answer.header("allow"))
                            .as(method + " " + path)
                            .matches("[A-Z]+(, [A-Z]+)*")
                            .doesNotContain(method);
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(PATHS.size());
    }

    /** A daemon that was just started lets few requests in at once; those that wait are answered without a look at a body. */
    @Test
    void aConnectionWhoseRequestHadToWaitIsServedAgain() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket client = new Socket("127.0.0.1", daemon.root().getPort());
                client.setSoTimeout(10_000);
                clients.add(client);
            }
            byte[] request = ("DELETE /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n" + token() + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            for (int round = 0; round < 2; round++) {
                for (Socket client : clients) {
                    client.getOutputStream().write(request);
                }
                for (Socket client : clients) {
                    byte[] answer = new byte[4096];
                    int length = client.getInputStream().read(answer);
                    assertThat(new String(answer, 0, length, StandardCharsets.US_ASCII))
                            .startsWith("HTTP/1.1 405 ");
                }
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void textsAndFormsAreNoJson() {
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            TestDaemon.Answer answer = daemon.send(daemon.request("/sessions")
                    .header("content-type", type)
                    .POST(BodyPublishers.ofString("{\"query\":\"Hi\",\"provider\":\"ok\"}")));
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.error().path("message").asText()).contains("application/json");
        }
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsToldInTheOneShape() throws Exception {
        for (String body :
                List.of("{", "[]", "\"x\"", "{\"query\":}", "[".repeat(100_000), "{\"a\":".repeat(50_000), "\u0000")) {
            TestDaemon.Answer answer = daemon.post("/sessions", body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error().path("code").asText()).isEqualTo("bad_request");
        }
        assertRefused(400, "GET", "/sessions/%zz", token());
        assertRefused(400, "GET", "/sessions?limit=%zz", token());
        assertRefused(414, "GET", "/sessions/" + "x".repeat(20_000), token());
        assertRefused(431, "GET", "/sessions", token() + "X: " + "x".repeat(70_000) + "\r\n");
        assertThat(daemon.get("/nowhere").error().path("code").asText()).isEqualTo("not_found");
        assertThat(daemon.delete("/sessions").error().path("code").asText()).isEqualTo("method_not_allowed");
    }

    /** Numbers that no memory can spell out, and keys that lost their quotes. */
    @Test
    void whatCannotBeReadIsNotRepeated() {
        for (String member : List.of(
                "\"max_tokens\":1e999999999",
                "\"max_turns\":1E2147483648",
                "\"max_turns\":1e99999999999",
                "\"proxy_api_key\":gsk_canary0123456789",
                "\"proxy_api_key\":canary0123456789")) {
            TestDaemon.Answer answer = daemon.post("/sessions", "{\"query\":\"a\",\"provider\":\"ok\"," + member + "}");
            assertThat(answer.status()).as(member).isEqualTo(400);
            assertThat(answer.error().path("message").asText())
                    .matches(
                            "the body is not JSON: (a number is out of range|something is wrong at line 1, column \\d+)");
        }
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void healthIsToldToEverybodyOfThisMachine() {
        TestDaemon.Answer health = daemon.send(HttpRequest.newBuilder(daemon.url("/health")));
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().path("status").asText()).isEqualTo("ok");
        assertThat(health.json().path("id").asText())
                .isEqualTo(DaemonFile.in(home).read().orElseThrow().id());
    }

    private String token() {
        return "Authorization: Bearer " + daemon.token() + "\r\n";
    }

    private record RawAnswer(int status, String head, String body) {

        private String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .findFirst()
                    .map(line -> line.substring(name.length() + 2))
                    .orElse("");
        }
    }

    private void assertRefused(int status, String method, String path, String headers) throws Exception {
        RawAnswer answer = status(method + " " + path, "Host: 127.0.0.1\r\n" + headers);
        assertThat(answer.status).as(method + " " + path + " " + headers).isEqualTo(status);
        assertThat(answer.body).startsWith("{\"error\":{\"code\":\"").doesNotContain("the gateway");
    }

    private RawAnswer status(String methodAndPath, String headers) throws Exception {
        String[] parts = methodAndPath.split(" ", -1);
        try (Socket socket = new Socket("127.0.0.1", daemon.root().getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write((parts[0] + " /api/v1" + parts[1] + " HTTP/1.1\r\n" + headers
                            + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new RawAnswer(
                    Integer.parseInt(answer.substring(9, 12)), answer.substring(0, end), answer.substring(end + 4));
        }
    }
}
