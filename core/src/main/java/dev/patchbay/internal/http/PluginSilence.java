package dev.patchbay.internal.http;

import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Timeout;
import dev.patchbay.spi.ProviderException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long a plugin has given no sign of life, against the time-outs of its provider. Each byte that it gets through the host's
 * transport is one; while it waits there, the transport's own time-outs count. Safe for use by several threads.
 */
final class PluginSilence {

    private static final long FOREVER = Duration.ofDays(10_000).toNanos();

    private final HttpSettings settings;
    private final String dialect;
    private final AtomicInteger waits = new AtomicInteger();
    private volatile long lastSign = System.nanoTime();

    PluginSilence(HttpSettings settings, String dialect) {
        this.settings = settings;
        this.dialect = dialect;
    }

    void sign() {
        lastSign = System.nanoTime();
    }

    /** Between this and {@link #back} the plugin waits for a provider, through the host. */
    void away() {
        waits.incrementAndGet();
    }

    void back() {
        sign();
        waits.decrementAndGet();
    }

    /** Nanoseconds in which the first sign of an answer has to come. */
    long leftForFirst() {
        return left(settings.firstByte().orElse(Timeout.OFF));
    }

    /** Nanoseconds in which an answer has to go on. */
    long leftForNext() {
        return left(settings.idle());
    }

    private long left(Timeout limit) {
        long nanos = limit.limit().map(Duration::toNanos).orElse(FOREVER);
        return waits.get() > 0 ? Math.max(nanos, 1) : nanos - (System.nanoTime() - lastSign);
    }

    /** For an answer that did not begin. */
    ProviderException tooLate(String call) {
        return ProviderException.builder(
                        ProviderException.Kind.TIMEOUT,
                        "no answer from the dialect '" + dialect + "' within "
                                + NetworkFailures.in(settings.firstByte().orElse(Timeout.OFF)) + ": " + call
                                + " did not return")
                .help(
                        "try again, or raise http.firstByteTimeout in the provider's file; if it stays, it is a fault in the"
                                + " plugin: tell its author")
                .retryable(false)
                .build();
    }

    /** For an answer that does not go on. */
    ProviderException stalled() {
        return ProviderException.builder(
                        ProviderException.Kind.TIMEOUT,
                        "the dialect '" + dialect + "' began to answer and then gave nothing for "
                                + NetworkFailures.in(settings.idle()) + ": ChatStream.next did not return")
                .help("try again, or raise http.idleTimeout in the provider's file; if it stays, it is a fault in the"
                        + " plugin: tell its author")
                .retryable(false)
                .build();
    }
}
