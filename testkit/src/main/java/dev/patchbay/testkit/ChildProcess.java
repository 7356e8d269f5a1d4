package dev.patchbay.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program to run as a real process, for tests of what a user types. Immutable: every method returns a new one.
 *
 * <p>Of the environment it gets only what a program needs to start ({@code PATH}, {@code HOME}, {@code JAVA_HOME}, {@code
 * TMPDIR}, {@code LANG}, {@code LC_ALL}), so that a developer's own keys do not decide a test.
 *
 * <pre>{@code
 * ProcessOutcome outcome = ChildProcess.java(Main.class.getName(), "launch", "-")
 *         .env("GROQ_API_KEY", "test").stdin("Hello").run(Duration.ofSeconds(30));
 * }</pre>
 */
public final class ChildProcess {

    private static final Set<String> KEPT = Set.of("PATH", "HOME", "JAVA_HOME", "TMPDIR", "LANG", "LC_ALL");

    private final List<String> command;
    private final Map<String, String> environment;
    private final @Nullable Path directory;
    private final @Nullable String stdin;

    private ChildProcess(
            List<String> command, Map<String, String> environment, @Nullable Path directory, @Nullable String stdin) {
        this.command = command;
        this.environment = environment;
        this.directory = directory;
        this.stdin = stdin;
    }

    /** A program and its arguments. */
    public static ChildProcess of(String... command) {
        return of(List.of(command));
    }

    /** A program and its arguments. */
    public static ChildProcess of(List<String> command) {
        return new ChildProcess(List.copyOf(command), Map.of(), null, null);
    }

    /** A main class on the class path of this JVM, or a source file that has one, run with the same JDK. */
    public static ChildProcess java(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(javaWords());
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return of(command);
    }

    /** The words that start this JVM's JDK on its class path, up to the main class; the first is the program. */
    public static List<String> javaWords() {
        return ProgramStart.words();
    }

    /** The same with a variable of the environment set. */
    public ChildProcess env(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(requireNonNull(name, "name is null"), requireNonNull(value, "value is null"));
        return new ChildProcess(command, Map.copyOf(more), directory, stdin);
    }

    /** The same in another working directory. Default: that of this JVM. */
    public ChildProcess in(Path workingDirectory) {
        return new ChildProcess(
                command, environment, requireNonNull(workingDirectory, "workingDirectory is null"), stdin);
    }

    /** The same with this text as its whole input. Default: none, the input ends at once. */
    public ChildProcess stdin(String text) {
        return new ChildProcess(command, environment, directory, requireNonNull(text, "text is null"));
    }

    /**
     * Starts it and waits for its end.
     *
     * @throws AssertionError if it does not end in time; it is killed then
     */
    public ProcessOutcome run(Duration timeout) {
        try (RunningProcess process = start()) {
            return process.await(timeout);
        }
    }

    /** Starts it; closing the result kills it, if need be. */
    public RunningProcess start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(IgnoredInterrupt.undone(command));
            builder.environment().keySet().retainAll(KEPT);
            builder.environment().putAll(environment);
            if (directory != null) {
                builder.directory(directory.toFile());
            }
            return new RunningProcess(builder.start(), stdin == null ? "" : stdin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
