package dev.patchbay.cli.run;

import dev.patchbay.cli.terminal.ProcessSignals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Waits for an agent that has the terminal. Ctrl-C comes to both of one process group: here it is taken and means nothing, and is
 * forwarded to nobody. A signal that is for this process alone (terminate, hang-up) ends the agent; the same once more ends it at once.
 */
final class TerminalHandover {

    private static final int SIGNALLED = 128;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private final AtomicInteger ending = new AtomicInteger();
    private @Nullable Process agent;

    private TerminalHandover() {}

    /** From here on signals are taken. Before the agent is started: taken signals are the usual ones again in a program that is started. */
    static TerminalHandover begin() {
        TerminalHandover handover = new TerminalHandover();
        ProcessSignals.take("INT", number -> {});
        ProcessSignals.take("TERM", handover::end);
        ProcessSignals.take("HUP", handover::end);
        return handover;
    }

    /**
     * Starts an agent and waits for its end; one that has to end already is not started.
     *
     * @return its exit code as a shell has it
     */
    int run(ProcessBuilder program) throws IOException, InterruptedException {
        Process started = start(program);
        if (started == null) {
            return SIGNALLED + ending.get();
        }
        Thread lastResort = new Thread(() -> started.toHandle().destroy(), "agent-end");
        Runtime.getRuntime().addShutdownHook(lastResort);
        while (!started.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            if (isStopped(started)) {
                // Whoever stops itself in a raw terminal stops alone; the shell waits for the whole group.
                ProcessSignals.stop();
            }
        }
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException endingAlready) {
            return started.exitValue();
        }
        return ending.get() == 0 ? started.exitValue() : SIGNALLED + ending.get();
    }

    private synchronized @Nullable Process start(ProcessBuilder program) throws IOException {
        agent = ending.get() == 0 ? program.start() : null;
        return agent;
    }

    private synchronized void end(int number) {
        boolean again = !ending.compareAndSet(0, number) && ending.get() == number;
        Process running = agent;
        if (running == null) {
            return;
        }
        if (again) {
            running.destroyForcibly();
            return;
        }
        running.toHandle().destroy();
        Thread later = new Thread(
                () -> {
                    try {
                        if (!running.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                            running.destroyForcibly();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "agent-patience");
        later.setDaemon(true);
        later.start();
    }

    /** Linux says so; elsewhere a stop reaches the whole group, or nobody. */
    private static boolean isStopped(Process agent) {
        Path stat = Path.of("/proc", String.valueOf(agent.pid()), "stat");
        try {
            String text = Files.isReadable(stat) ? Files.readString(stat) : "";
            int name = text.lastIndexOf(')');
            return name > 0 && text.length() > name + 2 && text.charAt(name + 2) == 'T';
        } catch (IOException gone) {
            return false;
        }
    }

    /** What a shell returns for a program that cannot be started: 127 if there is none, 126 if it is none. */
    static OptionalInt failure(String program, Optional<String> path) {
        if (program.contains("/")) {
            return failure(Path.of(program));
        }
        boolean found = false;
        for (String folder : path.orElse("/usr/bin:/bin").split(":", -1)) {
            Path file = Path.of(folder.isEmpty() ? "." : folder).resolve(program);
            if (Files.isRegularFile(file)) {
                found = true;
                if (Files.isExecutable(file)) {
                    return OptionalInt.empty();
                }
            }
        }
        return OptionalInt.of(found ? 126 : 127);
    }

    private static OptionalInt failure(Path file) {
        if (!Files.exists(file)) {
            return OptionalInt.of(127);
        }
        return Files.isRegularFile(file) && Files.isExecutable(file) ? OptionalInt.empty() : OptionalInt.of(126);
    }
}
