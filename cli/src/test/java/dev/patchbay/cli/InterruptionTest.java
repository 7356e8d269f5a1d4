package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.cli.command.Interruption;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A signal that comes when a command has begun, and what it runs has not. */
@Tag("newest")
@Tag("process")
final class InterruptionTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void aSignalBetweenTheBeginningAndTheLaunchEndsTheLaunchAndIsSaid() {
        ProcessOutcome ended =
                ChildProcess.java(SignalledWhileItStarts.class.getName()).run(LIMIT);
        assertThat(ended.stdout()).isEqualTo("interrupted\n");
        assertThat(ended.stderr()).isEmpty();
        assertThat(ended.exitCode()).isEqualTo(130);
    }

    /** A command whose launch takes until the process was told to end. */
    static final class SignalledWhileItStarts {

        private SignalledWhileItStarts() {}

        public static void main(String... arguments) throws IOException, InterruptedException {
            CountDownLatch told = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(told::countDown));
            Interruption interruption = Interruption.watch();
            try {
                new ProcessBuilder(
                                "kill",
                                "-INT",
                                String.valueOf(ProcessHandle.current().pid()))
                        .start();
                told.await();
                CountDownLatch session = new CountDownLatch(1);
                interruption.ends(session::countDown);
                session.await();
                System.out.println("interrupted");
            } finally {
                interruption.commandEnded();
            }
            Main.exit(1);
        }
    }
}
