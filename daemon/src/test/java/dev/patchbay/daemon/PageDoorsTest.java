package dev.patchbay.daemon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages and their files answer to whoever asks otherwise than a browser does. */
final class PageDoorsTest {

    private static final List<String> PAGES =
            List.of("/sessions", "/launch", "/providers", "/providers/ok", "/usage", "/login", "/assets/patchbay.css");

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();
    private TestDaemon daemon;
    private String cookie;

    @BeforeEach
    void logIn() {
        daemon = TestDaemon.start(home, fake);
        TestDaemon.Answer in = daemon.send(HttpRequest.newBuilder(daemon.root().resolve("/login"))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + daemon.token())));
        cookie = in.http().headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
    }

    @AfterEach
    void close() {
        daemon.close();
        fake.close();
    }

    @Test
    void theHeadOfAPageIsThatOfThePageWithoutItsBody() throws Exception {
        for (String page : PAGES) {
            String get = ask("GET " + page);
            String head = ask("HEAD " + page);
            assertThat(status(head)).as("HEAD " + page).isEqualTo(200);
            assertThat(head).as("HEAD " + page).endsWith("\r\n\r\n");
            assertThat(header(head, "content-type")).isEqualTo(header(get, "content-type"));
            assertThat(header(head, "content-security-policy")).isEqualTo(header(get, "content-security-policy"));
        }
    }

    @Test
    void aMethodThatNoPageTakesIsToldWhichItTakes() throws Exception {
        for (String page : PAGES) {
            for (String method : List.of("OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW")) {
                String answer = ask(method + " " + page);
                assertThat(status(answer)).as(method + " " + page).isEqualTo(405);
                assertThat(header(answer, "allow")).as(method + " " + page).contains("GET", "HEAD");
            }
        }
        assertThat(header(ask("GET /logout"), "allow")).isEqualTo("POST");
    }

    /** An SDK would tell of a wrong key, where its base URL is wrong. */
    @Test
    void aProgramAtAWrongPathIsToldSoInsteadOfHavingToLogIn() {
        for (String path :
                List.of("/chat/completions", "/v1/nothing", "/v1/chat/completions/", "/api/v2/sessions", "/sessions")) {
            for (String method : List.of("GET", "POST", "PUT")) {
                TestDaemon.Answer answer = program(method, path, "authorization", "Bearer " + daemon.token());
                assertThat(answer.status()).as(method + " " + path).isEqualTo(404);
                assertThat(answer.error().path("message").asText()).contains("/api/v1", "/chat/completions");
            }
        }
        assertThat(program("POST", "/v1/nothing", "x-api-key", daemon.token()).status())
                .isEqualTo(404);
        TestDaemon.Answer stranger = program("POST", "/chat/completions", "authorization", "Bearer another");
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.error().path("message").asText()).contains("token");
    }

    @Test
    void whoseProxyWantsAPasswordSeesThePageOfTheLoginAsItIs() {
        for (String path : List.of("/login", "/assets/patchbay.css")) {
            assertThat(program("GET", path, "authorization", "Basic dXNlcjpwYXNz")
                            .status())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    private TestDaemon.Answer program(String method, String path, String header, String value) {
        return daemon.send(HttpRequest.newBuilder(daemon.root().resolve(path))
                .header(header, value)
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}")));
    }

    @Test
    void whoHasToLogInComesToTheWholeAddressAfterwards() {
        TestDaemon.Answer sent =
                daemon.send(HttpRequest.newBuilder(daemon.root().resolve("/sessions?filter=archived"))
                        .header("accept", "text/html"));
        assertThat(sent.http().headers().firstValue("location")).contains("/login?to=%2Fsessions%3Ffilter%3Darchived");
    }

    @Test
    void nothingButItsOwnFilesIsReadFromTheClassPath() throws Exception {
        for (String path : List.of(
                "/assets/",
                "/assets/../token",
                "/assets/../../etc/passwd",
                "/assets/%2e%2e/%2e%2e/META-INF/MANIFEST.MF",
                "/assets/..%2f..%2fMETA-INF/MANIFEST.MF",
                "/assets/patchbay.css/",
                "/assets/patchbay.css%00.js",
                "/assets//patchbay.css",
                "/assets/htmx.org/dist/htmx.js",
                "/assets/META-INF/resources/webjars/htmx.org/package.json",
                "/webjars/htmx.org/package.json",
                "/META-INF/MANIFEST.MF",
                "/..%5c..%5ctoken",
                "/sessions/..%2f..%2ftoken",
                "/sessions/../token")) {
            String answer = ask("GET " + path);
            assertThat(status(answer)).as(path).isIn(400, 404);
            assertThat(answer).doesNotContain(daemon.token(), "Manifest-Version", "root:");
        }
    }

    @Test
    void whateverIsAcceptedOrKnownAlreadyAPageIsAPage() throws Exception {
        for (String header : List.of(
                "Accept: application/json",
                "Accept: text/event-stream",
                "Accept: ;;;q=x",
                "If-None-Match: *",
                "If-None-Match: \"x\"",
                "If-Modified-Since: Sat, 01 Jan 2050 00:00:00 GMT",
                "Range: bytes=0-3",
                "Accept-Encoding: br;q=0, *;q=0",
                "HX-Request: true")) {
            String answer = ask("GET /sessions", header);
            assertThat(status(answer)).as(header).isEqualTo(200);
            assertThat(header(answer, "content-type")).as(header).startsWith("text/html");
            assertThat(header(answer, "cache-control")).as(header).isEqualTo("no-store");
            assertThat(header(answer, "x-content-type-options")).as(header).isEqualTo("nosniff");
            assertThat(header(answer, "content-security-policy"))
                    .as(header)
                    .contains("frame-ancestors 'none'", "default-src 'none'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void theStreamOfThePageIsForItsOwnPagesAlone() throws Exception {
        for (String header : List.of(
                "Origin: https://evil.example",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Host: evil.example")) {
            assertThat(status(ask("GET /live", header))).as(header).isEqualTo(403);
            assertThat(status(ask("GET /sessions", header))).as(header).isEqualTo(403);
        }
    }

    @Test
    void theStreamEndsWithTheLoginThatOpenedIt() throws Exception {
        try (Socket live = new Socket("127.0.0.1", daemon.root().getPort())) {
            // Less than the time between two comments, with which it is looked at as well.
            live.setSoTimeout(10_000);
            live.getOutputStream()
                    .write(("GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + cookie
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            assertThat(live.getInputStream().read()).isEqualTo('H');
            String csrf = ask("GET /usage").replaceFirst("(?s).*name=\"csrf\" value=\"([^\"]+).*", "$1");
            TestDaemon.Answer out =
                    daemon.send(HttpRequest.newBuilder(daemon.root().resolve("/logout"))
                            .header("cookie", cookie)
                            .header("content-type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("csrf=" + csrf)));
            assertThat(out.status()).isEqualTo(303);
            assertThat(new String(live.getInputStream().readAllBytes(), ISO_8859_1))
                    .endsWith("0\r\n\r\n");
        }
    }

    /** The address is refused since it holds one. */
    @Test
    void aFormIsFilledWithNoKeyThatStoodInAnAddress() throws Exception {
        String csrf = ask("GET /usage").replaceFirst("(?s).*name=\"csrf\" value=\"([^\"]+).*", "$1");
        for (String address : List.of(
                "http://127.0.0.1/?key=canary-1", "http://canary-1@127.0.0.1/v1", "http://127.0.0.1/{?key=canary-1")) {
            TestDaemon.Answer refused =
                    daemon.send(HttpRequest.newBuilder(daemon.root().resolve("/launch"))
                            .header("cookie", cookie)
                            .header("content-type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("csrf=" + csrf + "&query=What+is+it&model=m&proxy_base_url="
                                    + URLEncoder.encode(address, UTF_8))));
            assertThat(refused.status()).as(address).isEqualTo(422);
            assertThat(refused.http().body()).contains("What is it").doesNotContain("canary-1");
        }
    }

    private String ask(String methodAndPath, String... headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", daemon.root().getPort())) {
            socket.setSoTimeout(20_000);
            boolean namesHost = List.of(headers).stream().anyMatch(header -> header.startsWith("Host:"));
            socket.getOutputStream()
                    .write((methodAndPath + " HTTP/1.1\r\n" + (namesHost ? "" : "Host: 127.0.0.1\r\n") + "Cookie: "
                                    + cookie + "\r\nContent-Length: 0\r\nConnection: close\r\n"
                                    + String.join(
                                            "",
                                            List.of(headers).stream()
                                                    .map(header -> header + "\r\n")
                                                    .toList())
                                    + "\r\n")
                            .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static int status(String answer) {
        return answer.length() < 12 ? 0 : Integer.parseInt(answer.substring(9, 12));
    }

    private static String header(String answer, String name) {
        Matcher header =
                Pattern.compile("(?im)^" + Pattern.quote(name) + ": ([^\r]*)").matcher(answer);
        return header.find() ? header.group(1) : "";
    }
}
