package dev.patchbay.internal.plugin;

import dev.patchbay.spi.Option;
import dev.patchbay.spi.ProviderException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs code of one plugin so that its faults stay its own.
 *
 * <p>While the code runs, the thread's context class loader is the plugin's. Whatever it throws, errors included, comes out
 * as one kind of exception; null is refused. This is the only place that sets a context class loader.
 */
final class PluginGuard {

    private static final System.Logger LOG = System.getLogger(PluginGuard.class.getName());

    private static final Duration FOR_REQUEST = Duration.ofSeconds(60);

    private final String plugin;
    private final String key;
    private final ClassLoader loader;
    private final TimeLimit limit;
    private final AtomicReference<String> loading;
    private final PluginCalls calls;

    /**
     * A guard for one plugin.
     *
     * @param plugin what messages call it
     * @param key tells it from others that the limit knows
     */
    PluginGuard(String plugin, String key, ClassLoader loader, TimeLimit limit) {
        this(plugin, key, loader, limit, new AtomicReference<>("looking for plugins"));
    }

    private PluginGuard(
            String plugin, String key, ClassLoader loader, TimeLimit limit, AtomicReference<String> loading) {
        this.plugin = plugin;
        this.key = key;
        this.loader = loader;
        this.limit = limit;
        this.loading = loading;
        this.calls = new PluginCalls("plugin " + plugin);
    }

    /** The same for a plugin whose id is known by now. */
    PluginGuard named(String id) {
        return new PluginGuard(id, key, loader, limit, loading);
    }

    /**
     * Runs calls of {@link #load} on a thread that is given up when the limit is over.
     *
     * @param who the plugin, for the line that is said meanwhile
     */
    <T> T loadInTime(String who, Callable<T> calls) throws Rejection {
        return limit.call(who, key, loading::get, calls);
    }

    /**
     * Calls the plugin while it is loaded.
     *
     * @param what the method, for messages, such as {@code Dialect.id}
     */
    <T> T load(String what, Callable<T> code) throws Rejection {
        loading.set(what);
        @Nullable T result;
        try {
            result = invoke(code);
        } catch (Throwable e) {
            throw Rejection.because(what + " failed with " + PluginFault.describe(e), e);
        }
        if (result == null) {
            throw Rejection.because(what + " returned null");
        }
        return result;
    }

    /**
     * The options that a part of the plugin declares. A name that is there twice would make every provider file fail.
     *
     * @param part what messages call it
     */
    List<Option> options(String what, String part, Callable<List<Option>> code) throws Rejection {
        List<Option> declared = load(what, () -> List.copyOf(code.call()));
        Set<String> names = new HashSet<>();
        for (Option option : declared) {
            if (!names.add(option.name())) {
                throw Rejection.because(part + " declares the option " + PluginFault.oneLine(option.name()) + " twice");
            }
        }
        return declared;
    }

    /**
     * Calls the plugin while it is used. A {@link ProviderException} of its own passes as it is.
     *
     * @param what the method, for messages, such as {@code Dialect.connect}
     */
    <T> T call(String what, Callable<T> code) {
        @Nullable T result;
        try {
            result = invoke(code);
        } catch (ProviderException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProviderException.builder(ProviderException.Kind.CANCELLED, "interrupted in " + what)
                    .cause(e)
                    .build();
        } catch (Throwable e) {
            throw fault(what + " failed with " + PluginFault.describe(e))
                    .cause(e)
                    .build();
        }
        if (result == null) {
            throw fault(what + " returned null").build();
        }
        return result;
    }

    /** The same for a call that the thread of a registry makes: it is given up when the limit is over. */
    <T> T callInTime(String what, Callable<T> code) {
        try {
            return limit.call("plugin " + plugin, key, () -> what, () -> call(what, code));
        } catch (Rejection e) {
            if (e.getCause() instanceof ProviderException own) {
                throw own;
            }
            throw fault(e.reason()).build();
        }
    }

    /**
     * The same for a call that a request waits for: it is given up after a minute, or where this thread is interrupted. On a
     * thread of the plugin.
     */
    <T> T callForRequest(String what, Callable<T> code) {
        long deadline = System.nanoTime() + FOR_REQUEST.toNanos();
        return calls.call(
                () -> call(what, code),
                () -> deadline - System.nanoTime(),
                () -> fault(what + " did not return within " + FOR_REQUEST.toSeconds() + " s")
                        .build(),
                late -> {});
    }

    /** Closes a part of the plugin; what that throws, or that it does not return in time, is nobody's business. */
    void close(String what, Runnable code) {
        try {
            callInTime(what, () -> {
                code.run();
                return Boolean.TRUE;
            });
        } catch (ProviderException e) {
            LOG.log(System.Logger.Level.DEBUG, "ignored at close", e);
        }
    }

    /** Calls a method of the plugin that returns nothing. */
    void run(String what, Runnable code) {
        call(what, () -> {
            code.run();
            return Boolean.TRUE;
        });
    }

    private <T> @Nullable T invoke(Callable<T> code) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return code.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private ProviderException.Builder fault(String text) {
        return ProviderException.builder(ProviderException.Kind.SERVER, "plugin " + plugin + ": " + text)
                .help("this is a fault in the plugin " + plugin + ": tell its author, or take the plugin out")
                .retryable(false);
    }
}
