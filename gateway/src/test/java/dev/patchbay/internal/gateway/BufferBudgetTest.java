package dev.patchbay.internal.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.spi.ProviderException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BufferBudgetTest {

    private static final long MIB = 1 << 20;

    private final BufferBudget budget = new BufferBudget(16 * MIB);

    @Test
    void refusesWhatIsNotThereAndTakesNothingThen() {
        try (BufferBudget.Reservation one = budget.open()) {
            one.take(12 * MIB);

            assertThat(one.tryTake(1)).isFalse();
            assertThatThrownBy(() -> one.take(1))
                    .isInstanceOfSatisfying(
                            ProviderException.class,
                            refused -> assertThat(refused.status()).hasValue(503));
            assertThat(budget.used()).isEqualTo(12 * MIB);
        }
        assertThat(budget.used()).isZero();
    }

    @Test
    void keepsAQuarterForThoseWhoNeedLittle() {
        BufferBudget.Reservation large = budget.open();
        large.take(12 * MIB);
        BufferBudget.Reservation small = budget.open();

        assertThat(large.tryTake(1)).isFalse();
        assertThat(small.tryTake(BufferBudget.SMALL)).isTrue();
        assertThat(small.tryTake(1)).isFalse();
        for (int i = 0; i < 7; i++) {
            budget.open().take(BufferBudget.SMALL);
        }
        assertThat(budget.open().tryTake(BufferBudget.SMALL)).isFalse();
        assertThat(budget.open().tryTake(BufferBudget.TINY)).isTrue();
    }

    @Test
    void asksForReliefUnderPressure() {
        AtomicInteger asked = new AtomicInteger();
        budget.onPressure(asked::incrementAndGet);
        budget.open().take(12 * MIB);
        assertThat(asked).hasValue(0);

        for (int i = 0; i < 7; i++) {
            budget.open().take(BufferBudget.SMALL);
        }

        assertThat(asked).hasPositiveValue();
        assertThat(budget.isUnderPressure()).isTrue();
    }

    @Test
    void givesBackWhenTheLastHolderCloses() {
        BufferBudget.Reservation held = budget.open();
        held.take(MIB);
        held.retain();

        held.close();
        assertThat(budget.used()).isEqualTo(MIB);
        held.close();
        held.close();
        assertThat(budget.used()).isZero();
        assertThat(held.tryTake(1)).isFalse();
        held.give(MIB);
        assertThat(budget.used()).isZero();
    }
}
