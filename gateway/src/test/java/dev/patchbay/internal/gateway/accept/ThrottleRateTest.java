package dev.patchbay.internal.gateway.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThrottleRateTest {

    private static final long ON_TIME = TimeUnit.MILLISECONDS.toNanos(3);

    private final ThrottleRate pace = new ThrottleRate();

    @Test
    void doublesWhereItIsUsedUpAndTheLoopOnTime() {
        int first = takeAll();
        pace.next(ON_TIME);

        assertThat(takeAll()).isEqualTo(2 * first);
    }

    @Test
    void staysWhereItIsNotUsedUp() {
        int first = takeAll();
        pace.next(ON_TIME);
        pace.take();
        pace.next(ON_TIME);

        assertThat(takeAll()).isEqualTo(2 * first);
    }

    @Test
    void shrinksInProportionToHowLateTheLoopIs() {
        for (int i = 0; i < 5; i++) {
            takeAll();
            pace.next(ON_TIME);
        }
        int before = takeAll();
        pace.next(TimeUnit.MILLISECONDS.toNanos(200));

        assertThat(takeAll()).isEqualTo(before / 4);
    }

    @Test
    void leavesAFewHoweverLateTheLoopIs() {
        pace.next(TimeUnit.MINUTES.toNanos(1));

        assertThat(takeAll()).isEqualTo(2);
    }

    @Test
    void growsNoFurtherThanAnIntReaches() {
        for (int i = 0; i < 40; i++) {
            takeAll();
            pace.next(ON_TIME);
        }

        assertThat(takeAll()).isEqualTo(1 << 16);
    }

    @Test
    void isUsedOnceSomethingBegan() {
        assertThat(pace.isUsed()).isFalse();
        pace.take();

        assertThat(pace.isUsed()).isTrue();
    }

    private int takeAll() {
        int taken = 0;
        while (pace.take()) {
            taken++;
        }
        return taken;
    }
}
