package dev.patchbay.cli.terminal;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Signals of this process. Where the system has no such signal, nothing is done. */
@SuppressWarnings("ReferenceEquality") // A proxy is equal to itself alone.
public final class ProcessSignals {

    private ProcessSignals() {}

    /**
     * Stops this process as Ctrl-Z does; comes back when a shell has it go on, or at once where none could. A shell sends the signal:
     * Java raises none but those that it takes itself.
     */
    public static void stop() {
        try {
            new ProcessBuilder(
                            "sh", "-c", "kill -TSTP " + ProcessHandle.current().pid())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException noShell) {
            report(noShell);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Hands the numbers of a signal to a taker from here on, in place of what it does otherwise. By reflection: the class is in every JDK of
     * today, and a compiler that is to warn of nothing warns of it.
     */
    public static void take(String name, IntConsumer taker) {
        signal(name).ifPresent(signal -> {
            try {
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                InvocationHandler taken = (proxy, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        taker.accept(
                                (int) signal.getClass().getMethod("getNumber").invoke(arguments[0]));
                        return null;
                    }
                    return method.getName().equals("hashCode")
                            ? (Object) System.identityHashCode(proxy)
                            : proxy == arguments[0];
                };
                signal.getClass()
                        .getMethod("handle", signal.getClass(), handler)
                        .invoke(
                                null,
                                signal,
                                Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, taken));
            } catch (ReflectiveOperationException | IllegalArgumentException notThere) {
                report(notThere);
            }
        });
    }

    private static Optional<Object> signal(String name) {
        try {
            return Optional.of(Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance(name));
        } catch (ReflectiveOperationException | IllegalArgumentException notThere) {
            return Optional.empty();
        }
    }

    private static void report(Exception notThere) {
        System.getLogger(ProcessSignals.class.getName()).log(System.Logger.Level.DEBUG, "no signals", notThere);
    }
}
