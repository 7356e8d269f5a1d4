package dev.patchbay.provider;

import java.time.Duration;
import java.util.Optional;

/**
 * Time-outs and retries of one provider (provider-files.md, section 2.2).
 *
 * @param connect until the connection stands, TLS included; default 10 s
 * @param firstByte until the head of the answer; empty: 5 min, or 30 min where the host is loopback or private
 * @param idle between two pieces of the answer; default 5 min
 * @param total for the whole exchange; default off
 * @param retries when to try again
 */
public record HttpSettings(
        Timeout connect, Optional<Timeout> firstByte, Timeout idle, Timeout total, RetryPolicy retries) {

    public static final HttpSettings DEFAULT = new HttpSettings(
            Timeout.of(Duration.ofSeconds(10)),
            Optional.empty(),
            Timeout.of(Duration.ofMinutes(5)),
            Timeout.OFF,
            RetryPolicy.DEFAULT);
}
