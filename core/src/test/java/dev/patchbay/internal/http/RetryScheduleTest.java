package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 425, 429, 500, 502, 503, 504, 529})
    void retriesTheStatusesOfTheDefaultPolicy(int status) {
        Kind kind = status == 409 || status == 425 ? Kind.INVALID_REQUEST : Kind.SERVER;

        assertThat(schedule(1).after(failure(kind, status))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"INVALID_REQUEST,400", "AUTH,401", "AUTH,403", "NOT_FOUND,404", "QUOTA,402", "CONTEXT_LENGTH,500"})
    void doesNotRetryWhatStaysWrong(Kind kind, int status) {
        assertThat(schedule(1).after(failure(kind, status))).isEmpty();
    }

    @Test
    void retriesAFailedConnection() {
        assertThat(schedule(1).after(new ProviderException(Kind.NETWORK, "refused")))
                .isPresent();
    }

    @Test
    void doesNotRetryAFailedConnectionWhereThePolicyLeavesItOut() {
        RetryPolicy policy = new RetryPolicy(1, Set.of(), false, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));

        assertThat(new RetrySchedule(policy, () -> 0).after(new ProviderException(Kind.NETWORK, "refused")))
                .isEmpty();
    }

    @Test
    void doesNotRetryWhatTheProviderForbids() {
        ProviderException forbidden = ProviderException.builder(Kind.RATE_LIMIT, "no")
                .status(429)
                .retryable(false)
                .build();

        assertThat(schedule(1).after(forbidden)).isEmpty();
    }

    @Test
    void doesNotRetryItsOwnTimeOut() {
        assertThat(schedule(1).after(new ProviderException(Kind.TIMEOUT, "no answer")))
                .isEmpty();
    }

    @Test
    void retriesAPluginsFailureWithoutAStatus() {
        assertThat(schedule(1).after(new ProviderException(Kind.OVERLOADED, "busy")))
                .isPresent();
    }

    /** It is what would have been a 502, had it not begun with 200. */
    @Test
    void retriesABrokenAnswerWhereThePolicyNames502() {
        RetryPolicy usual = policy(1);
        RetrySchedule schedule = new RetrySchedule(
                new RetryPolicy(1, Set.of(502), true, usual.initialBackoff(), usual.maxBackoff(), usual.maxWait()),
                () -> 0.5);

        assertThat(schedule.after(new ProviderException(Kind.SERVER, "broke off")))
                .isPresent();
    }

    @Test
    void doublesTheWaitUpToTheMost() {
        RetrySchedule schedule = new RetrySchedule(policy(10), () -> 1);
        ProviderException failure = failure(Kind.SERVER, 500);

        assertThat(schedule.after(failure)).contains(Duration.ofMillis(500));
        assertThat(schedule.after(failure)).contains(Duration.ofMillis(1000));
        assertThat(schedule.after(failure)).contains(Duration.ofMillis(2000));
        assertThat(schedule.after(failure)).contains(Duration.ofMillis(3000));
        assertThat(schedule.attempt()).isEqualTo(5);
    }

    @Test
    void waitsAtLeastHalf() {
        assertThat(new RetrySchedule(policy(1), () -> 0).after(failure(Kind.SERVER, 500)))
                .contains(Duration.ofMillis(250));
    }

    @Test
    void waitsAsLongAsTheProviderAsks() {
        assertThat(schedule(1).after(asking(Duration.ofSeconds(60)))).contains(Duration.ofSeconds(60));
    }

    @Test
    void doesNotWaitLongerThanThePolicySays() {
        assertThat(schedule(1).after(asking(Duration.ofSeconds(61)))).isEmpty();
    }

    @Test
    void stopsAfterTheLastRetry() {
        RetrySchedule schedule = schedule(1);
        schedule.after(failure(Kind.SERVER, 500));

        assertThat(schedule.after(failure(Kind.SERVER, 500))).isEmpty();
    }

    private static RetrySchedule schedule(int max) {
        return new RetrySchedule(policy(max), () -> 0.5);
    }

    private static RetryPolicy policy(int max) {
        RetryPolicy usual = RetryPolicy.DEFAULT;
        return new RetryPolicy(
                max, usual.statuses(), true, usual.initialBackoff(), Duration.ofSeconds(3), usual.maxWait());
    }

    private static ProviderException failure(Kind kind, int status) {
        return ProviderException.builder(kind, "failed").status(status).build();
    }

    private static ProviderException asking(Duration wait) {
        return ProviderException.builder(Kind.RATE_LIMIT, "slow down")
                .status(429)
                .retryAfter(wait)
                .build();
    }
}
