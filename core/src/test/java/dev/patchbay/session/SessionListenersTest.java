package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No listener can hold anything up but its own session's next event (sessions.md, section 1). */
@Timeout(60)
final class SessionListenersTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final FakeProvider fake = FakeProvider.start();
    private final CountDownLatch never = new CountDownLatch(1);
    private final Patchbay patchbay = Patchbay.builder()
            .withoutDiscovery()
            .definition(Definition.builder("local")
                    .baseUrl(fake.baseUrl("/v1"))
                    .auth(Auth.NONE)
                    .defaultModel("m")
                    .build())
            .build();

    @AfterEach
    void close() {
        never.countDown();
        patchbay.close();
        fake.close();
    }

    @Test
    void aListenerThatWaitsHoldsNeitherTheRecordNorTheIdNorAnInterruptUp() {
        fake.answer(Answer.silence());
        Session session = launch(this::waitForEver);
        fake.takeRequest(SOON);

        soon(session::id);
        soon(session::record);
        soon(session::interrupt);
        assertThat(session.await(SOON).orElseThrow().status()).isEqualTo(SessionStatus.INTERRUPTED);
    }

    @Test
    void aListenerThatWaitsDoesNotKeepItsSessionFromItsEnd() {
        Session session = launch(this::waitForEver);

        assertThat(session.await(SOON).orElseThrow().text()).isEqualTo(FakeProvider.DEFAULT_TEXT);
        assertThat(session.record().status()).isEqualTo(SessionStatus.COMPLETED);
    }

    @Test
    void aListenerThatWaitsHoldsNoOtherListenerUp() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        Session session = launch(this::waitForEver);
        session.onEvent(event -> heard.countDown());

        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingInterruptsAllAtOnceWhateverTheirListenersDo() {
        fake.answer(Answer.silence());
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sessions.add(launch(i % 2 == 0 ? this::waitForEver : this::waitAndIgnoreInterrupts));
        }
        for (int i = 0; i < sessions.size(); i++) {
            fake.takeRequest(SOON);
        }

        within(Duration.ofSeconds(5), patchbay::close);
        assertThat(sessions)
                .allSatisfy(session -> assertThat(session.await(Duration.ofSeconds(1))
                                .orElseThrow()
                                .status())
                        .isEqualTo(SessionStatus.INTERRUPTED));
    }

    @Test
    void awaitReturnsInAListenerOfTheSession() throws Exception {
        CompletableFuture<SessionResult> inListener = new CompletableFuture<>();
        CompletableFuture<Session> launched = new CompletableFuture<>();
        launched.complete(launch(event -> {
            if (!inListener.isDone()) {
                inListener.complete(launched.join().await());
            }
        }));

        assertThat(inListener.get(10, TimeUnit.SECONDS).text()).isEqualTo(FakeProvider.DEFAULT_TEXT);
    }

    @Test
    void theResultIsThereWhenTheLastEventIsTold() throws Exception {
        CompletableFuture<SessionStatus> atTheEnd = new CompletableFuture<>();
        CompletableFuture<Session> launched = new CompletableFuture<>();
        launched.complete(launch(event -> {
            if (event instanceof SessionEvent.StatusChanged changed
                    && changed.to().isFinal()) {
                atTheEnd.complete(
                        launched.join().await(Duration.ZERO).orElseThrow().status());
            }
        }));

        assertThat(atTheEnd.get(10, TimeUnit.SECONDS)).isEqualTo(SessionStatus.COMPLETED);
    }

    @Test
    void everyEventComesOnAThreadOfTheSessionTheFirstOneToo() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch ended = new CountDownLatch(1);
        Session session = launch(event -> {
            threads.add(Thread.currentThread());
            countDownAtTheEnd(event, ended);
        });
        session.onEvent(event -> threads.add(Thread.currentThread()));

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(threads)
                .doesNotContain(Thread.currentThread())
                .allMatch(thread -> thread.getName().startsWith("patchbay-session"));
    }

    @Test
    void aListenerHearsEventsInOrderAndOneAtATime() throws Exception {
        String[] pieces = new String[500];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = i + " ";
        }
        fake.answer(Answer.text(pieces));
        StringBuilder text = new StringBuilder();
        List<SessionStatus> statuses = new ArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        Session session = launch(event -> {
            if (event instanceof SessionEvent.TextDelta delta) {
                text.append(delta.text());
            } else if (event instanceof SessionEvent.StatusChanged changed) {
                statuses.add(changed.to());
            }
            countDownAtTheEnd(event, ended);
        });

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(text).hasToString(session.await().text());
        assertThat(statuses).containsExactly(SessionStatus.RUNNING, SessionStatus.COMPLETED);
    }

    @Test
    void aListenerThatWaitedIsToldAllTheTextAfterwards() throws Exception {
        String[] pieces = new String[2_000];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = i + " ";
        }
        fake.answer(Answer.text(pieces));
        StringBuilder text = new StringBuilder();
        CountDownLatch ended = new CountDownLatch(1);
        Session session = launch(event -> {
            waitForEver(event);
            if (event instanceof SessionEvent.TextDelta delta) {
                text.append(delta.text());
            }
            countDownAtTheEnd(event, ended);
        });
        String whole = session.await().text();
        never.countDown();

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(text).hasToString(whole);
    }

    @Test
    void aListenerThatComesLateMissesNoText() throws Exception {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("Hel", "lo ", "you").holdAfter(2, gate));
        CountDownLatch shown = new CountDownLatch(1);
        Session session = launch(event -> {
            if (event instanceof SessionEvent.TextDelta) {
                shown.countDown();
            }
        });
        gate.awaitReached(SOON);
        assertThat(shown.await(10, TimeUnit.SECONDS)).isTrue();
        List<String> late = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch ended = new CountDownLatch(1);
        session.onEvent(event -> {
            if (event instanceof SessionEvent.TextDelta delta) {
                late.add(delta.text());
            }
            countDownAtTheEnd(event, ended);
        });
        gate.open();

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(String.join("", late)).isEqualTo("Hello you");
    }

    @Test
    void anErrorInAListenerEndsNothing() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Session session = launch(event -> {
            countDownAtTheEnd(event, ended);
            throw new AssertionError("of a listener");
        });

        assertThat(session.await(SOON).orElseThrow().status()).isEqualTo(SessionStatus.COMPLETED);
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** What a listener may throw; of a kind that was not logged yet each is, however many others there were. */
    @Test
    void everyKindOfFaultOfAListenerIsLoggedAndEndsNothing() throws Exception {
        List<Consumer<SessionEvent>> faults = List.of(
                event -> {
                    throw new AssertionError("of a listener");
                },
                event -> endless(1),
                event -> {
                    throw new NoClassDefFoundError("some/Class");
                },
                event -> {
                    throw new Unprintable();
                });
        Logger logger = Logger.getLogger(ListenerDelivery.class.getName());
        Queue<Class<?>> logged = new ConcurrentLinkedQueue<>();
        Handler handler = new Handler() {

            @Override
            public void publish(LogRecord record) {
                logged.add(record.getThrown().getClass());
                if (record.getThrown() instanceof Unprintable unprintable) {
                    throw unprintable;
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            for (Consumer<SessionEvent> fault : faults) {
                CountDownLatch ended = new CountDownLatch(1);
                Session session = launch(event -> {
                    countDownAtTheEnd(event, ended);
                    fault.accept(event);
                });
                assertThat(session.await(SOON).orElseThrow().status()).isEqualTo(SessionStatus.COMPLETED);
                assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            }
            patchbay.close();
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(logged)
                .contains(StackOverflowError.class, NoClassDefFoundError.class, Unprintable.class)
                .hasSizeLessThan(6);
    }

    private static int endless(int depth) {
        return depth + endless(depth + 1);
    }

    /** Whoever logs it fails at it. */
    private static final class Unprintable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw this;
        }
    }

    private Session launch(Consumer<SessionEvent> listener) {
        return patchbay.launch(LaunchRequest.query("Hi").provider("local").build(), listener);
    }

    private static void countDownAtTheEnd(SessionEvent event, CountDownLatch ended) {
        if (event instanceof SessionEvent.StatusChanged changed && changed.to().isFinal()) {
            ended.countDown();
        }
    }

    private void waitForEver(SessionEvent event) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitAndIgnoreInterrupts(SessionEvent event) {
        while (true) {
            try {
                never.await();
                return;
            } catch (InterruptedException ignored) {
                // As an application that knows no interrupts.
            }
        }
    }

    private static void soon(Runnable action) {
        within(Duration.ofSeconds(2), action);
    }

    private static void within(Duration limit, Runnable action) {
        Thread thread = new Thread(action);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).as("still runs after %s", limit).isFalse();
    }
}
