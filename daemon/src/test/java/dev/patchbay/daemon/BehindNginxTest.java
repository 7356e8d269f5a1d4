package dev.patchbay.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.RunningProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams behind an nginx that collects what it passes on, as its default is, and compresses (scenario A13). */
@Tag("process")
final class BehindNginxTest {

    private static final Path NGINX = Path.of("/usr/sbin/nginx");

    /** Dialects of the gateway: the path, and the question. */
    private static final Map<String, String> STREAMS = Map.of(
            "/v1/chat/completions",
            "{\"model\":\"ok/m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
            "/v1/messages",
            "{\"model\":\"ok/m\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
            "/v1/responses",
            "{\"model\":\"ok/m\",\"stream\":true,\"input\":\"Hi\"}");

    @TempDir
    Path home;

    @TempDir
    Path folder;

    private final FakeProvider fake = FakeProvider.start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TestDaemon daemon;
    private RunningProcess nginx;
    private int port;

    @BeforeEach
    void start() {
        assumeTrue(Files.isExecutable(NGINX), "there is no " + NGINX);
        daemon = TestDaemon.start(home, fake);
    }

    @AfterEach
    void close() {
        if (nginx != null) {
            nginx.close();
        }
        if (daemon != null) {
            daemon.close();
        }
        fake.close();
    }

    @Test
    void eachWordPassesWhenItComes() throws Exception {
        startNginx("");
        HttpResponse<InputStream> events = send(HttpRequest.newBuilder(url("/api/v1/stream/events")));
        assertThat(events.headers().firstValue("content-encoding")).isEmpty();
        try (BufferedReader lines = reader(events)) {
            assertThat(lines.readLine()).isEqualTo(":");
            String id = daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
            awaitLine(lines, id);
        }
        for (Map.Entry<String, String> stream : STREAMS.entrySet()) {
            Gate more = Gate.closed();
            fake.answer(Answer.text("First", "last").holdBefore("last", more));
            HttpResponse<InputStream> answer = send(HttpRequest.newBuilder(url(stream.getKey()))
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofString(stream.getValue())));
            assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
            try (BufferedReader lines = reader(answer)) {
                awaitLine(lines, "First");
                more.open();
                awaitLine(lines, "last");
            } finally {
                more.open();
            }
        }
    }

    /** Whoever thinks for longer than nginx waits for a byte is not cut off. */
    @Test
    @Tag("soak")
    void silenceIsNotTakenForTheEnd() throws Exception {
        startNginx("proxy_read_timeout 20s;");
        HttpResponse<InputStream> events = send(HttpRequest.newBuilder(url("/api/v1/stream/events")));
        Gate more = Gate.closed();
        fake.answer(Answer.text("First", "last").holdBefore("last", more));
        try (BufferedReader lines = reader(events)) {
            for (Map.Entry<String, String> stream : STREAMS.entrySet()) {
                HttpResponse<InputStream> answer = send(HttpRequest.newBuilder(url(stream.getKey()))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(stream.getValue())));
                try (BufferedReader words = reader(answer)) {
                    awaitLine(words, "First");
                    TimeUnit.SECONDS.sleep(45);
                    more.open();
                    awaitLine(words, "last");
                } finally {
                    more.open();
                }
                more = Gate.closed();
                fake.answer(Answer.text("First", "last").holdBefore("last", more));
            }
            more.open();
            awaitLine(lines, daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\"}"));
        }
    }

    private void startNginx(String more) throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path file = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid %1$s/pid;
                error_log stderr;
                events {}
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  gzip on;
                  gzip_proxied any;
                  gzip_min_length 0;
                  server {
                    listen 127.0.0.1:%2$d;
                    location / { proxy_pass %3$s; %4$s }
                  }
                }
                """.formatted(folder, port, daemon.root(), more));
        nginx = ChildProcess.of(java.util.List.of(NGINX.toString(), "-p", folder.toString(), "-c", file.toString()))
                .start();
        long deadline = System.nanoTime() + TestDaemon.LIMIT.toNanos();
        while (!listens()) {
            assertThat(System.nanoTime()).as(nginx.stderr()).isLessThan(deadline);
            Thread.yield();
        }
    }

    private boolean listens() throws IOException {
        try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return connected.isConnected();
        } catch (ConnectException notYet) {
            return false;
        }
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<InputStream> response = client.send(
                request.header("authorization", "Bearer " + daemon.token())
                        .header("accept-encoding", "gzip")
                        .timeout(Duration.ofMinutes(1))
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    private static void awaitLine(BufferedReader lines, String word) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(word)) {
            line = lines.readLine();
        }
        assertThat(line).as("the line with " + word).isNotNull();
    }
}
