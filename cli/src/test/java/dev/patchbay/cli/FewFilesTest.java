package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that may open fewer files than it may have connections. */
@Tag("process")
@Timeout(300)
final class FewFilesTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int FILES = 200;

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();
    private final List<SocketChannel> idle = new ArrayList<>();

    @BeforeEach
    void configure() throws IOException {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(
                home.resolve("providers/fake.yaml"),
                "providers: {fake: {baseUrl: \"" + fake.baseUrl("/v1") + "\", defaultModel: m}}");
        fake.answer(Answer.text("Hello", " there"));
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel channel : idle) {
            channel.close();
        }
        fake.close();
    }

    private ChildProcess gateway() {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n " + FILES + "; exec \"$@\"", "sh"));
        command.addAll(ChildProcess.javaWords());
        command.addAll(List.of(Main.class.getName(), "gateway", "--port", "0"));
        return ChildProcess.of(command).env("PATCHBAY_HOME", home.toString());
    }

    @Test
    void whoAsksIsServedBesideConnectionsThatAskNothing() throws IOException {
        try (RunningProcess process = gateway().start()) {
            process.awaitStdout("curl ", LIMIT);
            Matcher line = Pattern.compile("export ANTHROPIC_BASE_URL=(\\S+)\n").matcher(process.stdout());
            assertThat(line.find()).isTrue();
            URI url = URI.create(line.group(1));
            for (int i = 0; i < 500; i++) {
                idle.add(SocketChannel.open(new InetSocketAddress(url.getHost(), url.getPort())));
            }

            for (int i = 0; i < 10; i++) {
                assertThat(exchange(url, "GET /health HTTP/1.1\r\n", "")).startsWith("HTTP/1.1 200");
                assertThat(ask(url)).startsWith("HTTP/1.1 200").contains("data: [DONE]\n\n");
            }

            String metrics = exchange(url, "GET /metrics HTTP/1.1\r\n" + key(), "");
            double most = value(metrics, "patchbay_gateway_connections_limit");
            assertThat(most).isBetween(20.0, FILES / 2.0);
            assertThat(value(metrics, "patchbay_gateway_connections")).isLessThanOrEqualTo(most);
            process.awaitStderr(
                    "patchbay: warning: the process may open " + FILES + " files, so clients may have " + (int) most
                            + " connections at a time",
                    LIMIT);
        }
    }

    private static double value(String metrics, String name) {
        Matcher found = Pattern.compile("(?m)^" + name + " (\\S+)$").matcher(metrics);
        assertThat(found.find()).as(metrics).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private String key() throws IOException {
        return "x-api-key: " + Files.readString(home.resolve("token")).strip() + "\r\n";
    }

    private String ask(URI url) throws IOException {
        String body = "{\"model\":\"fake/m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return exchange(
                url,
                "POST /v1/chat/completions HTTP/1.1\r\n" + key() + "Content-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n",
                body);
    }

    private static String exchange(URI url, String head, String body) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write((head + "Host: 127.0.0.1\r\nConnection: close\r\n\r\n" + body).getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
