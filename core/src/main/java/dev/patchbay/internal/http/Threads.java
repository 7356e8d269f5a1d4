package dev.patchbay.internal.http;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Threads that wait for providers: virtual ones where the JDK has them (21 and later), else daemon threads. */
public final class Threads {

    private static final boolean VIRTUAL = Runtime.version().feature() >= 21;

    private Threads() {}

    /** Whether {@link #factory} gives virtual threads. */
    public static boolean areVirtual() {
        return VIRTUAL;
    }

    /** Makes threads that do not keep the process alive, named {@code name-0}, {@code name-1}, … */
    public static ThreadFactory factory(String name) {
        return VIRTUAL ? new VirtualFactory(name) : platformFactory(name);
    }

    /** Runs each task at once on a thread of its own; to be shut down by the caller. */
    public static ExecutorService executor(String name) {
        return VIRTUAL ? perTask(factory(name)) : Executors.newCachedThreadPool(platformFactory(name));
    }

    /**
     * Runs each task on a thread of its own: at once where threads are virtual, else on at most so many threads, and what is
     * more waits its turn, in order. Holds nothing while it has nothing to do, so that nobody need shut it down.
     *
     * @param most platform threads, at least 1
     */
    public static Executor bounded(String name, int most) {
        ThreadFactory factory = factory(name);
        return VIRTUAL ? task -> factory.newThread(task).start() : new BoundedExecutor(factory, most);
    }

    /** Platform threads that do not keep the process alive: cheaper for the few that a short process wants at its end. */
    public static ThreadFactory platformFactory(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** {@code Thread.ofVirtual().name(name, 0).factory()}, which the class files' Java 17 cannot say. */
    private static ThreadFactory virtualFactory(String name) {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Object virtual = Thread.class.getMethod("ofVirtual").invoke(null);
            Object named = builder.getMethod("name", String.class, long.class).invoke(virtual, name + "-", 0L);
            return (ThreadFactory) builder.getMethod("factory").invoke(named);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JDK has no virtual threads as Java 21 defines them", e);
        }
    }

    private static ExecutorService perTask(ThreadFactory factory) {
        try {
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JDK has no executor of a thread per task as Java 21 defines it", e);
        }
    }

    /** Set up by the first thread that is wanted: a process that only looks at the registry wants none, and waits for no set-up. */
    private static final class VirtualFactory implements ThreadFactory {

        private final String name;
        private @Nullable ThreadFactory made;

        VirtualFactory(String name) {
            this.name = name;
        }

        @Override
        public Thread newThread(Runnable task) {
            return made().newThread(task);
        }

        private synchronized ThreadFactory made() {
            if (made == null) {
                made = virtualFactory(name);
            }
            return made;
        }
    }
}
