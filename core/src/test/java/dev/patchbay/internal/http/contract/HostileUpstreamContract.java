package dev.patchbay.internal.http.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.http.contract.HttpStack.Told;
import dev.patchbay.provider.Timeout;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.HostileAnswer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Upstreams that are broken or mean harm, one shape after the other: {@link HostileAnswer}. */
@org.junit.jupiter.api.Timeout(120)
public abstract class HostileUpstreamContract extends StackFixture {

    private static final Timeout IDLE = Timeout.of(Duration.ofSeconds(2));
    private static final Timeout TOTAL = Timeout.of(Duration.ofSeconds(4));

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(HostileAnswer.class)
    void comesToAnEndAndIsAsGoodAsBefore(HostileAnswer shape) throws Exception {
        HttpStack stack = started(provider(fake.baseUrl("/v1")).http(limits(LONG, IDLE, IDLE, TOTAL)));
        fake.enqueue(shape.answer());

        Told told = CompletableFuture.supplyAsync(() -> stack.ask().told()).get(15, TimeUnit.SECONDS);

        if (shape.outcome() == HostileAnswer.Outcome.WHOLE) {
            assertThat(told).isEqualTo(new Told(200, "fine", ""));
        } else {
            assertThat(told.failure()).isNotBlank().doesNotContain("unexpected", "the gateway failed");
            assertThat(told.failure().length()).isLessThan(5000);
        }
        assertThat(told.failure() + told.text()).doesNotContain(KEY);
        fake.answer(Answer.text("good"));
        assertThat(nextOf(stack)).isEqualTo(new Told(200, "good", ""));
    }

    /** The limits are for the hostile answer: where many tests run at once, the next one may come later than they allow. */
    private static Told nextOf(HttpStack stack) {
        Told told = stack.ask().told();
        for (int late = 0; late < 5 && told.status() == 504; late++) {
            told = stack.ask().told();
        }
        return told;
    }
}
