package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What sessions take in memory, in a process of their own (sessions.md, section 1). */
@Tag("process")
@Tag("once")
final class SessionMemoryTest {

    /** The serial collector leaves up to a twentieth of the heap uncompacted and counts it as used. */
    private static final String EXACT = "-XX:MarkSweepDeadRatio=0";

    private static String printed = "";

    @BeforeAll
    static void measure() {
        ProcessOutcome outcome = ChildProcess.java(SessionMemory.class.getName())
                .env("JDK_JAVA_OPTIONS", EXACT)
                .run(Duration.ofMinutes(3));
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        printed = outcome.stdout();
    }

    @Test
    void aThousandSessionsAtOnceTakeAFewKibEach() {
        assertThat(number("running=1000 kib-each")).isLessThan(16);
        assertThat(number("ended=1000 kib-each")).isLessThan(8);
    }

    @Test
    void aConversationOfFourHundredTurnsKeepsItsTextOnce() {
        assertThat(number("turns=400 kib")).isLessThan(number("text-kib") * 2);
    }

    @Test
    void aRegistryThatIsReloadedLeavesNothingBehind() {
        assertThat(number("reloads=1000 kib")).isLessThan(500);
    }

    private static double number(String name) {
        return Pattern.compile(Pattern.quote(name) + "=(-?[0-9.]+)")
                .matcher(printed)
                .results()
                .map(MatchResult::group)
                .map(found -> Double.parseDouble(found.substring(found.lastIndexOf('=') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not printed: " + printed));
    }
}
