package dev.patchbay.cli.daemon;

import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.daemon.DaemonException;
import dev.patchbay.daemon.HomeLock;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the daemon as a process of its own, as this one was started: the same Java, class path and options. */
public final class DaemonLauncher {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 20;

    private final Invocation invocation;
    private final Path home;

    private DaemonLauncher(Invocation invocation) {
        this.invocation = invocation;
        this.home = Installation.home(invocation);
    }

    public static DaemonLauncher of(Invocation invocation) {
        return new DaemonLauncher(invocation);
    }

    /**
     * What became of a start.
     *
     * @param daemon the one that runs now; empty if it did not start
     * @param isNew whether it was not there before
     * @param exitCode of the process that ended instead
     * @param text what that printed
     */
    public record Started(Optional<RunningDaemon> daemon, boolean isNew, int exitCode, String text) {}

    /**
     * Starts it, unless it runs.
     *
     * @param arguments of {@code daemon start}
     * @throws DaemonException if the process cannot be started, or does not answer in a minute
     */
    public Started start(List<String> arguments) {
        DaemonLog log = DaemonLog.of(invocation);
        long deadline = System.nanoTime() + LONGEST.toNanos();
        try {
            while (true) {
                Optional<RunningDaemon> before = awaitOther(deadline);
                if (before.isPresent()) {
                    return new Started(before, false, ExitCode.OK, "");
                }
                Started started = startOne(arguments, log, deadline);
                if (!started.text().contains(HomeLock.TAKEN) || System.nanoTime() >= deadline) {
                    return started;
                }
            }
        } catch (IOException failure) {
            throw DaemonException.of("the daemon cannot be started: " + failure.getMessage(), failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent(log);
        }
    }

    /** The one that runs. One that somebody else starts now will answer, and one that ends lets go of its home. */
    private Optional<RunningDaemon> awaitOther(long deadline) throws InterruptedException {
        Optional<RunningDaemon> other = RunningDaemon.find(home);
        while (other.isEmpty() && HomeLock.isHeld(home) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            other = RunningDaemon.find(home);
        }
        return other;
    }

    private Started startOne(List<String> arguments, DaemonLog log, long deadline)
            throws IOException, InterruptedException {
        log.create();
        long written = log.size();
        Process process = new ProcessBuilder(command(arguments, log))
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                .redirectErrorStream(true)
                .start();
        while (System.nanoTime() < deadline) {
            boolean ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            Optional<RunningDaemon> daemon = RunningDaemon.find(home);
            if (daemon.isPresent()) {
                return new Started(daemon, daemon.get().content().pid() == process.pid(), ExitCode.OK, "");
            }
            if (ended) {
                int code = process.exitValue() == 0 ? ExitCode.FAILED : process.exitValue();
                String said = log.from(written);
                return new Started(Optional.empty(), false, code, said.isBlank() ? unsaid(log) : said);
            }
        }
        throw silent(log);
    }

    /** On a full disk it cannot write a word. */
    private static String unsaid(DaemonLog log) {
        return "error: the daemon ended at once, and could not write why to " + log.file()
                + "\nhelp: `patchbay daemon start --foreground` says it here\n";
    }

    private static DaemonException silent(DaemonLog log) {
        return DaemonException.of("the daemon does not answer yet; see " + log.file(), null);
    }

    private List<String> command(List<String> arguments, DaemonLog log) {
        List<String> command = new ArrayList<>();
        // A session of its own where the system has a program for it: what the terminal sends to this one does not
        // reach it.
        Optional.of(Path.of("/usr/bin/setsid"))
                .filter(Files::isExecutable)
                .ifPresent(path -> command.add(path.toString()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-agentlib:") && !option.startsWith("-Dpatchbay.terminal=")) {
                command.add(option);
            }
        }
        command.addAll(List.of("-Dpatchbay.terminal=", "-cp", System.getProperty("java.class.path")));
        command.add("dev.patchbay.cli.Main");
        invocation
                .globals()
                .config()
                .forEach(path ->
                        command.addAll(List.of("--config", path.toAbsolutePath().toString())));
        invocation
                .globals()
                .home()
                .ifPresent(path ->
                        command.addAll(List.of("--home", path.toAbsolutePath().toString())));
        if (invocation.globals().debug()) {
            command.add("--debug");
        }
        command.addAll(List.of("daemon", "start", DaemonStartCommand.FOREGROUND, DaemonStartCommand.LOG));
        command.add(log.file().toString());
        command.addAll(arguments);
        return command;
    }
}
