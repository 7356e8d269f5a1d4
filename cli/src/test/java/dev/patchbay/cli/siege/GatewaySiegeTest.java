package dev.patchbay.cli.siege;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.cli.Main;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.Exchange;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway with a heap of 256 MiB among clients that hold what they can: whoever asks something is served all the same, and
 * nothing is left of them; so too beside upstreams that give what nobody can take. Small in every build; with the profile {@code
 * soak} 2 000 of each kind, and sixteen upstreams, through the launcher script.
 */
@Tag("process")
@Tag("once")
@Timeout(600)
final class GatewaySiegeTest {

    private static final Duration SIEGE = Duration.ofSeconds(8);
    private static final Duration LONG_SIEGE = Duration.ofSeconds(40);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Enough to have met each kind. */
    private static final int FEW = 20;

    private static final Duration PROMPT = Duration.ofSeconds(1);

    /** A build runs beside other things. */
    private static final Duration BESIDE_OTHERS = Duration.ofSeconds(10);

    /** Longer than the few idle connections to providers are kept, each with 16 KiB, and with each provider 40 KiB. */
    private static final Duration SETTLING = Duration.ofSeconds(70);

    /** The serial collector leaves up to a twentieth of the old generation where it lies, and makes an array of what is dead in it. */
    private static final Pattern FILLER = Pattern.compile("jdk\\.internal\\.vm\\.Filler");

    private static final byte[] EVENT = ("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                    + "x".repeat(10_000) + "\"}}]}\n\n")
            .getBytes(UTF_8);

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    /** Of its own: thousands of connections keep it from accepting others. */
    private final FakeProvider huge = FakeProvider.start();

    /** Asked by whoever does not wait for an answer. */
    private final FakeProvider small = FakeProvider.start();

    private final HostileUpstreams hostile = new HostileUpstreams();

    private final List<Attack> attacks = new ArrayList<>();

    /** Of the answers that took longer than half of what they may: how long, when, and what worked meanwhile. */
    private final List<String> slow = new ArrayList<>();

    @BeforeEach
    void configure() throws IOException {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(home.resolve("providers/fake.yaml"), """
                version: 1
                providers:
                  fake:
                    baseUrl: %s
                    defaultModel: small
                  huge:
                    baseUrl: %s
                    defaultModel: huge
                  small:
                    baseUrl: %s
                    defaultModel: small
                %s""".formatted(
                        fake.baseUrl("/v1"), huge.baseUrl("/v1"), small.baseUrl("/v1"), hostile.definitions()));
        huge.answer(GatewaySiegeTest::offer);
        fake.answer(Answer.text("Hello", " there"));
    }

    @AfterEach
    void close() {
        attacks.forEach(Attack::close);
        fake.close();
        huge.close();
        small.close();
        hostile.close();
    }

    /** More than all buffers on the way hold. */
    private static void offer(Exchange exchange) throws IOException {
        exchange.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".getBytes(UTF_8));
        for (int i = 0; i < 800; i++) {
            exchange.write(EVENT);
        }
    }

    private ChildProcess gateway() {
        return ChildProcess.java(Main.class.getName(), "gateway", "--port", "0")
                .env("PATCHBAY_HOME", home.toString())
                .env("JDK_JAVA_OPTIONS", "-Xmx256m -XX:+ExitOnOutOfMemoryError");
    }

    private ChildProcess launchedGateway() {
        return ChildProcess.of(System.getProperty("patchbay.root") + "/patchbay", "gateway", "--port", "0")
                .env("PATCHBAY_HOME", home.toString())
                .env("JDK_JAVA_OPTIONS", "-Xmx256m");
    }

    @Test
    void whoAsksIsServedAndNothingIsLeftOfTheOthers() throws Exception {
        besiege(gateway(), 150, false, SIEGE, BESIDE_OTHERS);
    }

    @Test
    @Tag("soak")
    void whoAsksIsServedAmongTwoThousandOfEachKind() throws Exception {
        besiege(launchedGateway(), 2000, false, LONG_SIEGE, PROMPT);
    }

    @Test
    @Tag("soak")
    void whoAsksIsServedBesideSixteenHostileUpstreams() throws Exception {
        besiege(launchedGateway(), 0, true, LONG_SIEGE, PROMPT);
    }

    private void besiege(ChildProcess gateway, int ofEachKind, boolean upstreams, Duration length, Duration prompt)
            throws Exception {
        try (RunningProcess process = gateway.start()) {
            process.awaitStdout("curl ", LIMIT);
            Matcher line = Pattern.compile("export ANTHROPIC_BASE_URL=(\\S+)\n").matcher(process.stdout());
            assertThat(line.find()).isTrue();
            URI url = URI.create(line.group(1));
            String token = Files.readString(home.resolve("token")).strip();
            for (int i = 0; i < 300; i++) {
                ask(url, token);
            }
            // Whatever is loaded and made once is there before anything is measured.
            exchange(url, "GET /v1/models HTTP/1.1\r\nx-api-key: " + token + "\r\n");
            attack(url, token, Math.min(ofEachKind, FEW), upstreams);
            slowest(process.pid(), url, token, SIEGE.dividedBy(2));
            attacks.forEach(Attack::close);
            attacks.clear();
            long before = settled(process.pid(), url, token, 0);
            Map<String, Long> classes = histogram(process.pid());

            attack(url, token, ofEachKind, upstreams);
            Duration slowest;
            try {
                slowest = slowest(process.pid(), url, token, length);
            } catch (IOException | AssertionError failed) {
                attacks.forEach(Attack::close);
                throw new AssertionError(state(process, url, token), failed);
            }
            attacks.forEach(Attack::close);
            long after = settled(process.pid(), url, token, before);
            List<String> growth = after < before + before / 10 ? List.of() : growth(classes, histogram(process.pid()));
            System.out.println("siege: " + attacks + ", slowest answer " + slowest.toMillis() + " ms of " + slow
                    + ", heap before " + before + " KiB, after " + after + " KiB");

            assertThat(slowest).as(() -> slow + ", what has grown: " + growth).isLessThan(prompt);
            assertThat(after).as(() -> "what has grown: " + growth).isLessThan(before + before / 10);
            Besieger last = new Besieger(Besieger.Kind.BODY, url.getPort(), token);
            attacks.add(last);
            last.begin(Math.max(ofEachKind, FEW));
            last.goOn();
            long began = System.nanoTime();
            process.signal("TERM");
            assertThat(process.await(LIMIT).exitCode()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            assertThat(process.stderr()).doesNotContain("java.lang.OutOfMemoryError", "unexpected", "Unhandled");
        }
    }

    private void attack(URI url, String token, int ofEachKind, boolean upstreams) throws IOException {
        for (Besieger.Kind kind : Besieger.Kind.values()) {
            Besieger besieger = new Besieger(kind, url.getPort(), token);
            attacks.add(besieger);
            besieger.begin(ofEachKind);
        }
        if (upstreams) {
            attacks.add(hostile.attack(url.getPort(), token));
        }
    }

    /** Gives the time that the slowest of the requests took which were made meanwhile. */
    private Duration slowest(long pid, URI url, String token, Duration length) throws Exception {
        Duration slowest = Duration.ZERO;
        slow.clear();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        while (System.nanoTime() < end) {
            attacks.forEach(Attack::goOn);
            Cpu cpu = Cpu.of(pid);
            long began = System.nanoTime();
            assertThat(exchange(url, "GET /health HTTP/1.1\r\n")).startsWith("HTTP/1.1 200");
            Duration health = Duration.ofNanos(System.nanoTime() - began);
            began = System.nanoTime();
            ask(url, token);
            Duration stream = Duration.ofNanos(System.nanoTime() - began);
            if (health.plus(stream).compareTo(PROMPT.dividedBy(2)) > 0) {
                slow.add(health.toMillis() + " + " + stream.toMillis() + " ms at "
                        + Duration.ofNanos(System.nanoTime() - start).toMillis() + ", "
                        + cpu.until(Cpu.of(pid)));
            }
            slowest = List.of(slowest, health, stream).stream()
                    .max(Duration::compareTo)
                    .orElseThrow();
        }
        return slowest;
    }

    /** Tells an answer that had to wait for a processor from one that took long to make. */
    private record Cpu(Duration gateway, Duration test) {

        static Cpu of(long pid) {
            return new Cpu(used(ProcessHandle.of(pid)), used(Optional.of(ProcessHandle.current())));
        }

        String until(Cpu later) {
            return "CPU of the gateway " + later.gateway.minus(gateway).toMillis() + " ms, of the test "
                    + later.test.minus(test).toMillis() + " ms";
        }

        private static Duration used(Optional<ProcessHandle> process) {
            return process.flatMap(found -> found.info().totalCpuDuration()).orElse(Duration.ZERO);
        }
    }

    /** What the process says of itself; where it went out of memory, its last words. */
    private static String state(RunningProcess process, URI url, String token) {
        String state;
        try {
            state = metrics(url, token);
        } catch (IOException gone) {
            state = "no metrics: " + gone;
        }
        String said = process.stderr();
        return state + "\nalive: " + process.isAlive() + "\n"
                + said.lines()
                        .filter(text -> !text.startsWith("POST ") && !text.startsWith("GET "))
                        .limit(60)
                        .toList()
                + process.stdout()
                        .lines()
                        .filter(text -> text.contains("OutOfMemory"))
                        .toList();
    }

    private static String metrics(URI url, String token) throws IOException {
        return exchange(url, "GET /metrics HTTP/1.1\r\nx-api-key: " + token + "\r\n");
    }

    private void ask(URI url, String token) throws IOException {
        String body =
                "{\"model\":\"fake/small\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        String answer = exchange(
                url,
                "POST /v1/chat/completions HTTP/1.1\r\nx-api-key: " + token
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n",
                body);
        assertThat(answer).startsWith("HTTP/1.1 200").contains("data: [DONE]\n\n");
    }

    private static String exchange(URI url, String head) throws IOException {
        return exchange(url, head, "");
    }

    /** On a connection of its own: one that was made before would say nothing of new ones. */
    private static String exchange(URI url, String head, String body) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write((head + "Host: 127.0.0.1\r\nConnection: close\r\n\r\n" + body).getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /**
     * What is still on its way out goes within seconds, and idle connections to providers after five, the last of them after
     * fifty: until a few collections leave no less, or, where it is known how the heap was, until it is so again.
     */
    private long settled(long pid, URI url, String token, long before) throws Exception {
        long least = heap(pid);
        int same = 0;
        Instant end = Instant.now().plus(SETTLING);
        while (Instant.now().isBefore(end) && (before == 0 ? same < 5 : least >= before + before / 10)) {
            for (int j = 0; j < 10; j++) {
                ask(url, token);
            }
            long heap = heap(pid);
            same = heap < least - least / 100 ? 0 : same + 1;
            least = Math.min(least, heap);
        }
        return least;
    }

    /** The bytes of each class, after a collection. */
    private static Map<String, Long> histogram(long pid) {
        Map<String, Long> bytes = new HashMap<>();
        jcmd(pid, "GC.class_histogram").lines().forEach(text -> {
            String[] columns = text.strip().split("\\s+");
            if (columns.length >= 4
                    && columns[0].endsWith(":")
                    && !FILLER.matcher(columns[3]).find()) {
                bytes.merge(columns[3], Long.valueOf(columns[2]), Long::sum);
            }
        });
        return bytes;
    }

    private static List<String> growth(Map<String, Long> before, Map<String, Long> after) {
        return after.keySet().stream()
                .sorted(Comparator.comparing(name -> before.getOrDefault(name, 0L) - after.get(name)))
                .limit(30)
                .map(name -> name + " +" + (after.get(name) - before.getOrDefault(name, 0L)))
                .toList();
    }

    /** In KiB, after a collection: without what the collector fills holes with, which it counts as used. */
    private static long heap(long pid) {
        return histogram(pid).values().stream().mapToLong(Long::longValue).sum() / 1024;
    }

    private static String jcmd(long pid, String command) {
        ProcessOutcome outcome = ChildProcess.of(
                        System.getProperty("java.home") + "/bin/jcmd", String.valueOf(pid), command)
                .run(Duration.ofSeconds(30));
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        return outcome.stdout();
    }
}
