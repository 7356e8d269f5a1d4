package dev.patchbay.daemon.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.RunningProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What subscribers cost that left, and one that reads nothing (scenarios A03 and A04), seen from outside of the daemon. */
@Tag("process")
final class SubscriberLoadTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** After which nobody who left may be counted any more. */
    private static final Duration GONE = Duration.ofSeconds(60);

    /** Between two looks: who looks all the time takes the machine from the daemon. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final int PIECE = 100_000;
    private static final long MOST_MORE_HEAP = 10L << 20;
    private static final int MOST_MORE_DESCRIPTORS = 10;

    @TempDir
    Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private DaemonProcess daemon;

    @BeforeEach
    void start() {
        daemon = DaemonProcess.start(home, "providers: {}\n", Map.of());
    }

    @AfterEach
    void close() {
        daemon.close();
    }

    @Test
    void subscribersThatLeftAreCountedNoMoreAndCostNothing() throws Exception {
        leave(100, 0);
    }

    /** A proxy that stays when its client has left: its connection is known to be of no use when it takes nothing more. */
    @Test
    @Tag("slow")
    void whoeverTakesNothingMoreIsCutOffWithinAMinute() throws Exception {
        leave(1, 10);
    }

    /** As the scenario has it. */
    @Test
    @Tag("soak")
    void hundredsOfSubscribersThatLeftCostNothingThoseBehindAProxyThatStaysNeither() throws Exception {
        leave(500, 500);
    }

    private void leave(int number, int behindProxy) throws Exception {
        // What is needed once is made before anything is measured.
        reset(number);
        awaitSubscribers(0);
        long heap = heap();
        long descriptors = descriptors();

        reset(number);
        killed(number);
        List<Socket> kept = HeldStreams.open(port(), daemon.token(), behindProxy);
        try {
            if (behindProxy > 0) {
                awaitSubscribers(behindProxy);
                // A proxy whose client has left reads no more: what comes fills what is between it and the daemon.
                write(80);
            }
            awaitSubscribers(0);
            // Its meter is told by the reads that are over, and the end of a connection a moment later.
            await("the descriptors are as before", () -> descriptors() <= descriptors + MOST_MORE_DESCRIPTORS);
            assertThat(heap() - heap).isLessThan(MOST_MORE_HEAP);
        } finally {
            for (Socket socket : kept) {
                socket.close();
            }
        }
        System.out.println(number + " reset, " + number + " killed, " + behindProxy
                + " behind a proxy that stays: heap "
                + heap / 1024 + " kB before, " + heap() / 1024 + " kB after; descriptors " + descriptors + " and "
                + descriptors());
    }

    private void reset(int number) throws IOException {
        for (Socket socket : HeldStreams.open(port(), daemon.token(), number)) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private void killed(int number) {
        try (RunningProcess subscribers = ChildProcess.java(
                        HeldStreams.class.getName(), String.valueOf(port()), daemon.token(), String.valueOf(number))
                .start()) {
            subscribers.awaitStdout(number + " open", LIMIT);
            subscribers.signal("KILL");
            subscribers.await(LIMIT);
        }
    }

    /** A04, with a hundredth of what the scenario has. */
    @Test
    void whoReadsNothingCostsLittleAndHasAllInTheEnd() throws Exception {
        readNothing(100);
    }

    @Test
    @Tag("soak")
    void whoReadsNothingOfAHundredMegabytesCostsLittleAndHasAllInTheEnd() throws Exception {
        readNothing(1_000);
    }

    private void readNothing(int pieces) throws Exception {
        HeldStreams.open(port(), daemon.token(), "/api/v1/stream/events").close();
        write(1);
        long before = heap();
        long last;
        try (Socket still = HeldStreams.open(port(), daemon.token(), "/api/v1/stream/events");
                Socket reading = HeldStreams.open(port(), daemon.token(), "/api/v1/stream/events")) {
            Thread writer = new Thread(() -> write(pieces), "writer");
            writer.start();
            List<Long> all = read(reading, pieces);
            writer.join(LIMIT.toMillis());
            last = all.get(all.size() - 1);
            assertThat(all).hasSize(pieces).isSorted().doesNotHaveDuplicates();
            long more = heap() - before;
            System.out.println(
                    "one reads nothing of " + pieces + " events of 100 kB: " + more / 1024 + " kB more heap");
            assertThat(more).isLessThan(MOST_MORE_HEAP);

            // It reads now; where it was cut off meanwhile, it comes again.
            List<Long> late = read(still, pieces);
            long from = late.isEmpty() ? all.get(0) - 1 : late.get(late.size() - 1);
            if (from < last) {
                try (Socket again =
                        HeldStreams.open(port(), daemon.token(), "/api/v1/stream/events?lastEventId=" + from)) {
                    late.addAll(read(again, (int) (last - from)));
                }
            }
            assertThat(late).isEqualTo(all);
        }
    }

    /** The ids of so many events, of those that there are until the end of the stream. */
    private static List<Long> read(Socket stream, int number) throws IOException {
        stream.setSoTimeout((int) LIMIT.toMillis());
        List<Long> ids = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream.getInputStream(), UTF_8));
        Matcher id = Pattern.compile("id: (\\d+)").matcher("");
        long started = 0;
        try {
            for (String line = lines.readLine(); line != null && ids.size() < number; line = lines.readLine()) {
                if (id.reset(line).matches()) {
                    started = Long.parseLong(id.group(1));
                } else if (line.isEmpty() && started != 0) {
                    // Now the event is whole.
                    ids.add(started);
                    started = 0;
                }
            }
        } catch (IOException cutOff) {
            // What was read so far is told.
        }
        return ids;
    }

    /** Events of 100 kB, as another process writes them. */
    private void write(int pieces) {
        String text = "x".repeat(PIECE);
        String id = "written-" + System.nanoTime();
        try (SqliteSessionStore store = SqliteSessionStore.open(home.resolve("patchbay.db"))) {
            Instant now = Instant.now();
            SessionRecord session = SessionRecord.builder(id, "r", "q", now)
                    .status(SessionStatus.COMPLETED)
                    .build();
            List<SessionEvent> said = new ArrayList<>();
            for (int i = 1; i <= pieces; i++) {
                said.add(new SessionEvent.ConversationUpdated(
                        id,
                        new ConversationEvent(
                                id, i, now, ChatMessage.Role.ASSISTANT, ContentBlock.text(i + text), true)));
            }
            store.create(session, said);
        }
    }

    private int port() {
        return daemon.url().getPort();
    }

    private void awaitSubscribers(int number) {
        await(number + " subscribers", () -> metrics().contains("patchbay_events_subscribers " + number + ".0"));
    }

    private String metrics() {
        try {
            return client.send(
                            HttpRequest.newBuilder(daemon.url().resolve("/metrics"))
                                    .header("authorization", "Bearer " + daemon.token())
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + GONE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private long descriptors() {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + daemon.pid() + "/fd"))) {
            return all.count();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** In bytes, after what nobody needs was thrown away. */
    private long heap() {
        String pid = String.valueOf(daemon.pid());
        ChildProcess.of("jcmd", pid, "GC.run").run(LIMIT);
        Pattern used = Pattern.compile(".*used (\\d+)K.*");
        return ChildProcess.of("jcmd", pid, "GC.heap_info")
                .run(LIMIT)
                .stdout()
                .lines()
                .filter(line -> !line.contains("Metaspace") && !line.contains("class space"))
                .map(used::matcher)
                .filter(Matcher::matches)
                .mapToLong(line -> Long.parseLong(line.group(1)) << 10)
                .sum();
    }
}
