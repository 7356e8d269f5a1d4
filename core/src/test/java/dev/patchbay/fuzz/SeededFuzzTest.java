package dev.patchbay.fuzz;

import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The part of fuzzing that belongs to every build: all seeds, all earlier findings, and a fixed number of mutations. */
@Tag("once")
final class SeededFuzzTest {

    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 600);
    private static final long SEED = Long.getLong("fuzz.seed", 20);

    @ParameterizedTest
    @EnumSource
    void everySeedAndEarlierFindingKeepsThePromises(Target target) {
        target.seeds().forEach(seed -> attempt(target, seed));
    }

    @ParameterizedTest
    @EnumSource
    void mutatedSeedsKeepThePromises(Target target) {
        Mutations mutations = new Mutations(SEED, target.seeds());
        for (int round = 0; round < ROUNDS; round++) {
            attempt(target, mutations.next());
        }
    }

    /** The input is part of the message, to become a file among the findings. */
    private static void attempt(Target target, byte[] data) {
        try {
            target.fuzz(data);
        } catch (Throwable broken) {
            String input = Base64.getEncoder().encodeToString(data);
            throw new AssertionError(target.label() + " fails with " + broken + "\nfor (Base64) " + input, broken);
        }
    }
}
