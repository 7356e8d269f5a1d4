package dev.patchbay.plugin;

import dev.patchbay.spi.ProviderException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs code of one plugin so that its faults stay its own.
 *
 * <p>While the code runs, the thread's context class loader is the plugin's. Whatever it throws, errors included, comes out
 * as one kind of exception; null is refused. This is the only place that sets a context class loader.
 */
final class Guard {

    private final String plugin;
    private final ClassLoader loader;

    /**
     * A guard for one plugin.
     *
     * @param plugin what messages call it
     */
    Guard(String plugin, ClassLoader loader) {
        this.plugin = plugin;
        this.loader = loader;
    }

    /** The same for a plugin whose id is known by now. */
    Guard named(String id) {
        return new Guard(id, loader);
    }

    /**
     * Calls the plugin while it is loaded.
     *
     * @param what the method, for messages, such as {@code Dialect.id}
     */
    <T> T load(String what, Callable<T> code) throws Rejection {
        @Nullable T result;
        try {
            result = invoke(code);
        } catch (Throwable e) {
            throw Rejection.because(what + " failed with " + Fault.describe(e), e);
        }
        if (result == null) {
            throw Rejection.because(what + " returned null");
        }
        return result;
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
            throw fault(what + " failed with " + Fault.describe(e)).cause(e).build();
        }
        if (result == null) {
            throw fault(what + " returned null").build();
        }
        return result;
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
