package dev.patchbay.provider;

import java.time.Duration;
import java.util.Optional;

/**
 * Time-outs, retries, proxy and trust of one provider (provider-files.md, section 2.2).
 *
 * @param connect until the connection stands, TLS included; default 10 s
 * @param firstByte until the head of the answer; empty: 5 min, or 30 min where the host is loopback or private
 * @param idle between two pieces of the answer; default 5 min
 * @param total for the whole exchange; default off
 * @param retries when to try again
 * @param proxy through which proxy, if any
 * @param tls which servers are trusted
 */
public record HttpSettings(
        Timeout connect,
        Optional<Timeout> firstByte,
        Timeout idle,
        Timeout total,
        RetryPolicy retries,
        ProxySettings proxy,
        TlsSettings tls) {

    public static final HttpSettings DEFAULT = new HttpSettings(
            Timeout.of(Duration.ofSeconds(10)),
            Optional.empty(),
            Timeout.of(Duration.ofMinutes(5)),
            Timeout.OFF,
            RetryPolicy.DEFAULT);

    /** Settings that take the proxy of the environment and trust what the JDK trusts. */
    public HttpSettings(
            Timeout connect, Optional<Timeout> firstByte, Timeout idle, Timeout total, RetryPolicy retries) {
        this(connect, firstByte, idle, total, retries, ProxySettings.INHERIT, TlsSettings.DEFAULT);
    }

    /** The same settings with a limit until the head of the answer. */
    public HttpSettings withFirstByte(Timeout limit) {
        return new HttpSettings(connect, Optional.of(limit), idle, total, retries, proxy, tls);
    }

    /** The same settings with other servers trusted. */
    public HttpSettings withTls(TlsSettings trusted) {
        return new HttpSettings(connect, firstByte, idle, total, retries, proxy, trusted);
    }

    /** The same settings with another way to the provider. */
    public HttpSettings withProxy(ProxySettings way) {
        return new HttpSettings(connect, firstByte, idle, total, retries, way, tls);
    }

    /** The same settings for a call that is made once and waits no longer than this for anything. */
    public HttpSettings onceWithin(Duration limit) {
        RetryPolicy once = new RetryPolicy(
                0,
                retries.statuses(),
                retries.network(),
                retries.initialBackoff(),
                retries.maxBackoff(),
                retries.maxWait());
        return new HttpSettings(
                connect,
                Optional.of(atMost(firstByte.orElse(Timeout.OFF), limit)),
                atMost(idle, limit),
                atMost(total, limit),
                once,
                proxy,
                tls);
    }

    private static Timeout atMost(Timeout configured, Duration limit) {
        return configured.limit().filter(time -> time.compareTo(limit) < 0).isPresent()
                ? configured
                : Timeout.of(limit);
    }

    /** The same settings without what is bound to an origin. */
    public HttpSettings unbound() {
        return new HttpSettings(connect, firstByte, idle, total, retries);
    }
}
