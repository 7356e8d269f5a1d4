package dev.patchbay.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where a client is told that the log says why, the log does. */
@Tag("process")
final class DebugLogTest {

    @Test
    void saysThatThereWasAFaultAndNothingOfWhatWasThrown() {
        assertThat(logged())
                .isEqualTo("error: a request failed: java.lang.IllegalStateException; --debug shows where\n");
    }

    @Test
    void showsWhereItWasWithDebug() {
        assertThat(logged("--debug"))
                .contains(
                        "debug: dev.patchbay.test: it goes on\n", "a request failed\n", "\tat " + Fault.class.getName())
                .doesNotContain("elsewhere");
    }

    private static String logged(String... arguments) {
        return ChildProcess.java(Fault.class.getName(), arguments)
                .run(Duration.ofMinutes(1))
                .stderr();
    }

    /** A program that has one, and says other things as well. */
    static final class Fault {

        public static void main(String[] arguments) {
            if (arguments.length > 0) {
                DebugLog.enable();
            }
            System.Logger own = System.getLogger("dev.patchbay.test");
            own.log(Level.DEBUG, "it goes on");
            own.log(Level.ERROR, "a request failed", new IllegalStateException("canary"));
            System.getLogger("io.elsewhere").log(Level.ERROR, "of elsewhere");
        }
    }
}
