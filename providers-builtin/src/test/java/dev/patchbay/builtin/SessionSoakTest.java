package dev.patchbay.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process that launches sessions for months, whatever their listeners do (docs/embedding.md). */
@Tag("process")
@Tag("once")
final class SessionSoakTest {

    private static final Pattern HEAP = Pattern.compile("heap-kib=(\\d+)");
    private static final Pattern THREADS = Pattern.compile("threads-most=(\\d+)");
    private static final Pattern CLOSE = Pattern.compile("close-ms=(\\d+)");

    @Test
    void twentyThousandSessionsLeaveNothingBehind() {
        leavesNothingBehind(20_000, 2, Duration.ofMinutes(3));
    }

    @Test
    @Tag("soak")
    void aMillionSessionsLeaveNothingBehind() {
        leavesNothingBehind(1_000_000, 10, Duration.ofMinutes(60));
    }

    @Test
    void listenersThatAreSlowerThanTheirSessionsTakeNoMoreMemoryThanThereIs() {
        ProcessOutcome outcome = soak(Duration.ofMinutes(3), "3000", "0", "slow");
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        System.out.println(outcome.stdout());
        assertThat(numbers(HEAP, outcome.stdout())).hasSize(10).allMatch(kib -> kib < 32 * 1_024);
    }

    private static void leavesNothingBehind(int launches, int waiting, Duration limit) {
        ProcessOutcome outcome = soak(limit, Integer.toString(launches), Integer.toString(waiting));
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        System.out.println(outcome.stdout());
        List<Long> heap = numbers(HEAP, outcome.stdout());
        // From the first tenth on: by then what is kept is full.
        assertThat(heap).hasSize(10);
        assertThat(heap.get(9) - heap.get(0)).as("growth of the heap in KiB").isLessThan(2_048);
        assertThat(numbers(THREADS, outcome.stdout()).get(0)).isLessThan(60);
        assertThat(numbers(CLOSE, outcome.stdout()).get(0)).isLessThan(5_000);
        assertThat(outcome.stdout()).contains("awaited=" + waiting);
    }

    private static ProcessOutcome soak(Duration limit, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SessionSoak.class.getName()));
        command.addAll(List.of(arguments));
        return ChildProcess.of(command).run(limit);
    }

    private static List<Long> numbers(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> Long.parseLong(found.group(1)))
                .toList();
    }
}
