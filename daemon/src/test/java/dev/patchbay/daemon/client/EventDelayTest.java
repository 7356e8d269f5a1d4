package dev.patchbay.daemon.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the writing of a piece of a conversation until a subscriber has all of it, which is another process (scenario A04, whose limit is 20
 * ms): pieces of 1 kB and of 100 kB in turn, each when the one before was read. The figures are printed, since speed is the machine's; that
 * each piece is read once is asserted.
 */
@Tag("soak")
final class EventDelayTest {

    private static final int ROUNDS = Integer.getInteger("daemon.pieces", 150);
    private static final int WARM_UP = 50;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Between two launches, as people make them: no piece waits for what was done for another. */
    private static final long PAUSE_MILLIS = Long.getLong("daemon.pause", 100);

    @TempDir
    Path home;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Random random = new Random(7);
    private int read;

    @Test
    void figures() throws Exception {
        try (FakeProvider fake = FakeProvider.start().answer(Answer.status(401));
                DaemonProcess daemon = DaemonProcess.measured(
                        home,
                        "providers:\n  ok: {auth: none, baseUrl: \"" + fake.baseUrl("/v1") + "\", defaultModel: m}\n",
                        "-Xmx512m");
                RunningProcess reader = reader(daemon)) {
            reader.awaitStdout("listens", LIMIT);
            List<Long> small = new ArrayList<>();
            List<Long> large = new ArrayList<>();
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                long one = delay(daemon, reader, 1_000);
                long other = delay(daemon, reader, 100_000);
                if (round >= 0) {
                    small.add(one);
                    large.add(other);
                }
            }
            print("1 kB, from its writing to its reader", small);
            print("100 kB", large);
        }
    }

    private static RunningProcess reader(DaemonProcess daemon) {
        List<String> words = new ArrayList<>(ChildProcess.javaWords());
        words.removeIf(word -> word.startsWith("-XX:TieredStopAtLevel"));
        words.addAll(List.of(
                EventDelayReader.class.getName(), String.valueOf(daemon.url().getPort()), daemon.token()));
        return ChildProcess.of(words).start();
    }

    /** In microseconds. */
    private long delay(DaemonProcess daemon, RunningProcess reader, int characters)
            throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        int status = client.send(
                        HttpRequest.newBuilder(daemon.url().resolve("/api/v1/sessions"))
                                .timeout(LIMIT)
                                .header("authorization", "Bearer " + daemon.token())
                                .header("content-type", "application/json")
                                .POST(BodyPublishers.ofString(
                                        "{\"query\":\"" + words(characters) + "\",\"provider\":\"ok\"}"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isEqualTo(201);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        List<String> lines = lines(reader);
        while (lines.size() == read) {
            assertThat(System.nanoTime()).as("piece " + read + " is read").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(2);
            lines = lines(reader);
        }
        assertThat(lines).hasSize(++read);
        return Long.parseLong(lines.get(read - 1));
    }

    private static List<String> lines(RunningProcess reader) {
        return reader.stdout().lines().filter(line -> !line.equals("listens")).toList();
    }

    /** No three letters occur much more often than others, as in a text. */
    private String words(int characters) {
        StringBuilder words = new StringBuilder(characters);
        while (words.length() < characters) {
            random.ints(2 + random.nextInt(9), 'a', 'z' + 1).forEach(letter -> words.append((char) letter));
            words.append(' ');
        }
        return words.toString();
    }

    private static void print(String what, List<Long> micros) {
        List<Long> sorted = micros.stream().sorted().toList();
        System.out.printf(
                "%-40s p50 %7d us, p95 %7d us, most %7d us, within 20 ms %.0f %% (%d)%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 95 / 100),
                sorted.get(sorted.size() - 1),
                100.0 * sorted.stream().filter(delay -> delay <= 20_000).count() / sorted.size(),
                sorted.size());
    }
}
