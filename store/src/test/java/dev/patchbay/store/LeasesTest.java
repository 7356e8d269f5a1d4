package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.session.SessionStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one store, each with a clock of its own; the readings are the test's. */
final class LeasesTest {

    private static final long LEASE = Leases.LENGTH.toNanos();

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong(1_000_000_000_000L);

    @Test
    void sessionsOfAProcessThatStoodStillFail() {
        try (SessionStore owner = frozen("host");
                SessionStore observer = at("host")) {
            owner.create(running("s1"), List.of(StoreTesting.said("s1", 1, "Hello")));
            assertThat(status(observer, "s1")).isEqualTo(SessionStatus.RUNNING);

            now.addAndGet(LEASE + 1);
            SessionRecord failed = observer.find("s1").orElseThrow();
            assertThat(failed.status()).isEqualTo(SessionStatus.FAILED);
            assertThat(failed.error().orElseThrow().message()).isEqualTo("the process running this session ended");
            // A text that was under way is in no store.
            assertThat(failed.error().orElseThrow().hint())
                    .contains("parts that were complete are kept, the text under way is not; "
                            + "continue the session, or launch it again");
            assertThat(observer.conversation("s1")).hasSize(1);
        }
    }

    @Test
    void whoeverLostALeaseWritesNothingMoreAndIsTold() {
        try (SessionStore owner = frozen("host");
                SessionStore observer = at("host")) {
            owner.create(running("s1"), List.of());
            now.addAndGet(LEASE + 1);
            assertThat(status(observer, "s1")).isEqualTo(SessionStatus.FAILED);

            assertThatThrownBy(() -> owner.update(running("s1"), List.of(StoreTesting.said("s1", 1, "late"))))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            lost -> assertThat(lost.kind()).isEqualTo(StoreException.Kind.LEASE_LOST))
                    .hasMessageContaining("stood still");
            assertThat(observer.conversation("s1")).isEmpty();
            assertThat(status(observer, "s1")).isEqualTo(SessionStatus.FAILED);
            // What it begins from now on is its own again.
            owner.create(running("s2"), List.of());
            assertThat(status(observer, "s2")).isEqualTo(SessionStatus.RUNNING);
        }
    }

    @Test
    void wallClocksDecideNothing() {
        Clock ahead = Clock.fixed(StoreTesting.NOW.plus(Duration.ofHours(1)), ZoneOffset.UTC);
        Clock behind = Clock.fixed(StoreTesting.NOW.minus(Duration.ofHours(1)), ZoneOffset.UTC);
        try (SessionStore owner = builder("host").clock(ahead).open();
                SessionStore one = builder("host").clock(behind).open();
                SessionStore other = builder("host").clock(Clock.systemUTC()).open()) {
            owner.create(running("s1"), List.of());
            assertThat(status(one, "s1")).isEqualTo(SessionStatus.RUNNING);
            assertThat(status(other, "s1")).isEqualTo(SessionStatus.RUNNING);
        }
    }

    @Test
    void aProcessWithAnotherClockIsWatchedForTheWholeTimeByWhoeverLooks() {
        try (SessionStore owner = frozen("before the restart")) {
            owner.create(running("s1"), List.of());
            now.set(5);
            try (SessionStore first = at("after it")) {
                assertThat(status(first, "s1")).isEqualTo(SessionStatus.RUNNING);
            }
            now.addAndGet(LEASE + 1);
            // Another process, which goes on with what the first one saw.
            try (SessionStore second = at("after it")) {
                assertThat(status(second, "s1")).isEqualTo(SessionStatus.FAILED);
            }
        }
    }

    @Test
    void aBeatBeginsTheWatchAnew() {
        SqliteSessionStore owner = frozen("one");
        try (owner;
                SessionStore observer = at("another")) {
            owner.create(running("s1"), List.of());
            assertThat(status(observer, "s1")).isEqualTo(SessionStatus.RUNNING);
            now.addAndGet(LEASE - 1);
            owner.renewLease();
            assertThat(status(observer, "s1")).isEqualTo(SessionStatus.RUNNING);
            now.addAndGet(LEASE - 1);
            assertThat(status(observer, "s1")).isEqualTo(SessionStatus.RUNNING);
        }
    }

    @Test
    void closingEndsWhatRuns() {
        SessionStore owner = at("host");
        owner.create(running("s1"), List.of());
        owner.close();
        try (SessionStore observer = at("host")) {
            assertThat(status(observer, "s1")).isEqualTo(SessionStatus.FAILED);
        }
    }

    @Test
    void nobodyWritesTheSessionOfAnother() {
        try (SessionStore owner = at("host");
                SessionStore other = at("host")) {
            owner.create(running("s1"), List.of());
            assertThatThrownBy(() -> other.update(running("s1"), List.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("session s1 is run by another process");
        }
    }

    @Test
    void interruptReachesTheProcessThatHoldsTheLease() throws InterruptedException {
        BlockingQueue<String> interrupted = new ArrayBlockingQueue<>(10);
        try (SessionStore owner = StoreTesting.builder(file()).open();
                SessionStore other = StoreTesting.builder(file()).open()) {
            owner.onInterruptRequested(interrupted::add);
            owner.create(running("s1"), List.of());
            assertThat(other.requestInterrupt("s1")).isTrue();
            assertThat(owner.requestInterrupt("s1")).isFalse();
            assertThat(other.requestInterrupt("nobody")).isFalse();
            assertThat(interrupted.poll(10, TimeUnit.SECONDS)).isEqualTo("s1");
        }
    }

    private static SessionRecord running(String id) {
        return StoreTesting.record(id).status(SessionStatus.RUNNING).build();
    }

    private static SessionStatus status(SessionStore store, String id) {
        return store.find(id).orElseThrow().status();
    }

    private Path file() {
        return folder.resolve("patchbay.db");
    }

    private SqliteSessionStore.Builder builder(String clock) {
        return StoreTesting.builder(file()).monotonic(new MonotonicClock(clock, now::get));
    }

    private SqliteSessionStore at(String clock) {
        return builder(clock).open();
    }

    /** A store whose process stands still: its lease is renewed by hand alone. */
    private SqliteSessionStore frozen(String clock) {
        return builder(clock).keepsLease(false).open();
    }
}
