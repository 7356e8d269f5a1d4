package dev.patchbay.session;

import dev.patchbay.internal.models.ModelNames;
import dev.patchbay.internal.models.UpstreamModels;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** What sessions take in memory: a thousand at once, a conversation of 400 turns, a registry that is reloaded. Prints it. */
final class SessionMemory {

    /** Every launch names its provider. */
    private static final ModelNames NAMES = new ModelNames(new UpstreamModels(() -> {
        throw new AssertionError("no list of models is needed");
    }));

    private static final String TEXT = "All work and no play makes a long conversation. ".repeat(40);

    private SessionMemory() {}

    /** Takes no argument. */
    public static void main(String[] arguments) {
        many();
        conversation();
        reloads();
    }

    private static void many() {
        Sessions sessions = sessions(SessionMemory::registry);
        launch(sessions).await();
        CountDownLatch gate = new CountDownLatch(1);
        Sessions held = new Sessions(
                SessionMemory::registry,
                NAMES,
                route -> Optional.empty(),
                new InMemorySessionStore(),
                (route, listener) -> client(gate),
                Clock.systemUTC());
        long before = heap();
        List<Session> running = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            running.add(held.launch(
                    LaunchRequest.query("Question " + i).provider("p").build(), List.of(event -> {})));
        }
        System.out.println("running=1000 kib-each=" + (heap() - before) / 1_000.0);
        gate.countDown();
        running.forEach(Session::await);
        running.clear();
        System.out.println("ended=1000 kib-each=" + (heap() - before) / 1_000.0);
        held.close();
    }

    private static void conversation() {
        Sessions sessions = sessions(SessionMemory::registry);
        long before = heap();
        Session last = sessions.launch(
                LaunchRequest.query("Begin. " + TEXT).provider("p").build(), List.of());
        last.await();
        for (int turn = 1; turn < 400; turn++) {
            last = sessions.continueSession(
                    last.id(),
                    ContinueRequest.query("Turn " + turn + ". " + TEXT).build(),
                    List.of());
            last.await();
        }
        System.out.println("turns=400 kib=" + (heap() - before) + " text-kib=" + 400L * 2 * TEXT.length() / 1024);
        sessions.close();
    }

    private static void reloads() {
        Sessions sessions = sessions(SessionMemory::registry);
        // As many as the store keeps, so that only what stays beside it is seen from then on.
        launchAndAwait(sessions, 1_000);
        long before = heap();
        launchAndAwait(sessions, 1_000);
        System.out.println("reloads=1000 kib=" + (heap() - before));
        sessions.close();
    }

    private static void launchAndAwait(Sessions sessions, int times) {
        for (int i = 0; i < times; i++) {
            launch(sessions).await();
        }
    }

    private static Session launch(Sessions sessions) {
        return sessions.launch(LaunchRequest.query("Hi").provider("p").build(), List.of());
    }

    private static Sessions sessions(Supplier<RegistrySnapshot> registry) {
        return new Sessions(
                registry,
                NAMES,
                route -> Optional.empty(),
                new InMemorySessionStore(),
                (route, listener) -> client(new CountDownLatch(0)),
                Clock.systemUTC());
    }

    /** A new one each time, as after a reload. */
    private static RegistrySnapshot registry() {
        Definition.Builder definition = Definition.builder("p")
                .baseUrl(URI.create("http://127.0.0.1:1/v1"))
                .auth(Auth.NONE)
                .defaultModel("m");
        return RegistrySnapshot.builder().definition(definition.build()).build();
    }

    private static ChatClient client(CountDownLatch gate) {
        return request -> new ChatStream() {

            private final Iterator<ChatEvent> events = List.<ChatEvent>of(
                            ChatEvent.started("", "m", Usage.unknown()),
                            ChatEvent.blockStarted(0, ContentBlock.text("")),
                            // As read from a socket: never the text that another answer has.
                            ChatEvent.textDelta(0, new String(TEXT.toCharArray())),
                            ChatEvent.blockStopped(0),
                            ChatEvent.finishing(StopReason.END_TURN, Usage.unknown()),
                            ChatEvent.stopped())
                    .iterator();
            private boolean begun;

            @Override
            public Optional<ChatEvent> next() {
                if (begun) {
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                begun = true;
                return events.hasNext() ? Optional.of(events.next()) : Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
    }
}
