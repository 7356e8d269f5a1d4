package dev.patchbay.daemon.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TypeScript client in a browser, on a page that another server has given. */
@Tag("process")
@Tag("once")
@Tag("integration")
final class BrowserTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @TempDir
    Path home;

    @Test
    void aPageOfAnAllowedOriginLaunchesAndListensAndNoOtherDoes() throws IOException, InterruptedException {
        TypeScriptPackage.install();
        assumeTrue(
                Files.isExecutable(CHROMIUM) || "required".equals(System.getenv("PATCHBAY_EXTERNAL")),
                "there is no " + CHROMIUM);
        try (FakeProvider fake = FakeProvider.start().answer(Answer.text("Hello ", "page"));
                Page allowed = new Page();
                Page other = new Page();
                DaemonProcess daemon = DaemonProcess.start(
                        home,
                        "providers:\n  ok: {auth: none, baseUrl: \"" + fake.baseUrl("/v1") + "\", defaultModel: m}\n",
                        Map.of(),
                        allowed.origin())) {
            assertThat(result(allowed, daemon)).isEqualTo("completed: Hello page");
            assertThat(result(other, daemon)).startsWith("unreachable: cannot reach the daemon");
            assertThat(fake.requests()).hasSize(1);
        }
    }

    private String result(Page page, DaemonProcess daemon) throws InterruptedException {
        ChildProcess browser = ChildProcess.of(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + home.resolve("browser"),
                page.origin() + "/page.html#url=" + daemon.url() + "&token=" + daemon.token());
        try (RunningProcess running = browser.start()) {
            String result = page.results.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(result).as(running.stderr()).isNotNull();
            return result;
        }
    }

    /** A server of one page, which tells it what came of it. */
    private static final class Page implements AutoCloseable {

        private final BlockingQueue<String> results = new LinkedBlockingQueue<>();
        private final HttpServer server;

        Page() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String client = Files.readString(TypeScriptPackage.folder().resolve("dist/esm/index.js"));
            String page = TypeScriptPackage.resource("page.html");
            server.createContext("/page.html", exchange -> answer(exchange, "text/html", page));
            server.createContext("/client.js", exchange -> answer(exchange, "text/javascript", client));
            server.createContext("/result", exchange -> {
                results.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                answer(exchange, "text/plain", "");
            });
            server.start();
        }

        String origin() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private static void answer(HttpExchange exchange, String type, String text) throws IOException {
            byte[] bytes = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("content-type", type + "; charset=utf-8");
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
