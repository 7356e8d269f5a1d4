package dev.patchbay.cli.gateway;

import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.terminal.Output;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Interrupt and terminate: the first asks the process to come to an end, which it does in less than ten seconds; the second ends it
 * at once. Java alone takes no notice of a second one.
 */
public final class EndSignals {

    private static final int SIGNALLED = 128;

    /** Set by whoever starts a JVM with the serial collector. */
    private static final String SERIAL = "patchbay.collector.serial";

    /** For what takes longer than it may, whatever that is. */
    private static final Duration LONGEST = Duration.ofMillis(9800);

    private final CompletableFuture<Integer> asked = new CompletableFuture<>();
    private final AtomicBoolean first = new AtomicBoolean(true);

    private EndSignals() {}

    /** From here on they are taken; where the JVM cannot do that, it ends as Java does. */
    public static EndSignals install() {
        EndSignals signals = new EndSignals();
        for (String name : List.of("INT", "TERM")) {
            signals.take(name);
        }
        return signals;
    }

    /** Ends the process at once, since an error leaves nothing that can be relied on. */
    public static void halt(Output err, Throwable error) {
        err.println("patchbay: ending after " + error);
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }

    /**
     * Waits for the first, and gives memory back meanwhile.
     *
     * @return the exit code that shells expect then
     */
    public int await() throws InterruptedException {
        HeapTrimmer heap = new HeapTrimmer(Boolean.getBoolean(SERIAL), System::gc);
        while (true) {
            try {
                return asked.get(HeapTrimmer.PERIOD.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException nobodyAsked) {
                heap.look();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** By reflection: the class is in every JDK of today, and a compiler that is to warn of nothing warns of it. */
    private void take(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
            InvocationHandler taken = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    came((int) signal.getMethod("getNumber").invoke(arguments[0]));
                    return null;
                }
                return method.getName().equals("hashCode")
                        ? (Object) System.identityHashCode(proxy)
                        : proxy == arguments[0];
            };
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance(name),
                            Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, taken));
        } catch (ReflectiveOperationException | IllegalArgumentException notThere) {
            System.getLogger(EndSignals.class.getName()).log(System.Logger.Level.DEBUG, "no signals", notThere);
        }
    }

    /** As a signal does, but for the exit code, which is 0. */
    public void askToEnd() {
        came(0);
    }

    private void came(int number) {
        int code = number == 0 ? 0 : SIGNALLED + number;
        if (!first.compareAndSet(true, false)) {
            Runtime.getRuntime().halt(code);
        }
        Thread watchdog = new Thread(() -> haltLater(code), "end");
        watchdog.setDaemon(true);
        watchdog.start();
        asked.complete(code);
    }

    private static void haltLater(int code) {
        try {
            Thread.sleep(LONGEST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code);
    }
}
