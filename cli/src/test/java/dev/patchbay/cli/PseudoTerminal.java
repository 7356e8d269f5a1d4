package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.testkit.ChildProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line on a terminal: a pseudo-terminal that Python opens, 80 columns wide unless said otherwise. */
final class PseudoTerminal implements AutoCloseable {

    private static final String PYTHON = """
            import os, pty, sys, select, fcntl, termios, struct, signal
            columns = int(sys.argv[1])
            pid, master = pty.fork()
            if pid == 0:
                # A build that runs under nohup ignores SIGHUP; a program of a terminal does not.
                for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
                    signal.signal(number, signal.SIG_DFL)
                os.execvp(sys.argv[2], sys.argv[2:])
            fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
            source, open_input = 0, True
            while True:
                ready, _, _ = select.select([master] + ([source] if open_input else []), [], [])
                if source in ready:
                    data = os.read(source, 65536)
                    if not data:
                        open_input = False
                    while data:
                        data = data[os.write(master, data[:512]):]
                        while select.select([master], [], [], 0)[0]:
                            try:
                                out = os.read(master, 65536)
                            except OSError:
                                break
                            if not out:
                                break
                            os.write(1, out)
                if master in ready:
                    try:
                        data = os.read(master, 65536)
                    except OSError:
                        data = b''
                    if not data:
                        break
                    os.write(1, data)
            _, status = os.waitpid(pid, 0)
            sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
            """;

    /** Asked once for all tests of this JVM. */
    private static final boolean PYTHON_FOUND = run("python3", "-c", "import pty") == 0;

    private final Process process;
    private final OutputStream keys;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Thread reader;

    private PseudoTerminal(int columns, Map<String, String> environment, List<String> command) {
        requirePython();
        List<String> words = new ArrayList<>(List.of("python3", "-c", PYTHON, String.valueOf(columns)));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "JAVA_HOME", "TMPDIR"));
        builder.environment().put("TERM", "xterm");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keys = process.getOutputStream();
        reader = new Thread(this::read, "screen");
        reader.setDaemon(true);
        reader.start();
    }

    /** Patchbay with these arguments, all three streams a terminal. */
    static PseudoTerminal patchbay(Path home, int columns, String... arguments) {
        List<String> command = new ArrayList<>(java("in,out,err"));
        command.addAll(List.of(arguments));
        return of(columns, Map.of("PATCHBAY_HOME", home.toString()), command);
    }

    /** A program on a terminal. */
    static PseudoTerminal of(int columns, Map<String, String> environment, List<String> command) {
        return new PseudoTerminal(columns, environment, command);
    }

    /** The words that start Patchbay, told which of its streams are terminals. */
    static List<String> java(String terminals) {
        List<String> words = new ArrayList<>(ChildProcess.javaWords());
        words.addAll(List.of("-Dpatchbay.terminal=" + terminals, Main.class.getName()));
        return List.copyOf(words);
    }

    /** The same with arguments, as a command in a shell. */
    static String line(String terminals, String... arguments) {
        return Stream.concat(java(terminals).stream(), Stream.of(arguments))
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    /** Skips the test where there is no Python, unless everything has to be there. */
    static void requirePython() {
        assertThat(PYTHON_FOUND || !"required".equals(System.getenv("PATCHBAY_EXTERNAL")))
                .as("python3 must be there where PATCHBAY_EXTERNAL=required")
                .isTrue();
        assumeTrue(PYTHON_FOUND, "python3, which opens pseudo-terminals, is not installed");
    }

    private static int run(String... words) {
        try {
            return new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException missing) {
            return -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Types. */
    void type(String text) {
        try {
            keys.write(text.getBytes(UTF_8));
            keys.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that was drawn, as bytes of one character each would not do: as UTF-8. */
    String screen() {
        synchronized (screen) {
            return screen.toString(UTF_8);
        }
    }

    /** Everything that was drawn, without sequences of ours and with plain line ends. */
    String text() {
        return screen().replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").replace("\r\n", "\n");
    }

    /** The bytes, one character each. */
    String bytes() {
        synchronized (screen) {
            return screen.toString(ISO_8859_1);
        }
    }

    /** Waits until a text has been drawn. */
    void await(String part, Duration limit) {
        awaitCount(part, 1, limit);
    }

    /** Waits until a text has been drawn so many times. */
    void awaitCount(String part, int count, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (screen) {
            while (count(screen(), part) < count) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0 || !reader.isAlive() && count(screen(), part) < count) {
                    throw new AssertionError("'" + part + "' was not drawn " + count + " times in: " + screen());
                }
                try {
                    screen.wait(Math.min(left, 200));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** Waits for the end; returns the exit code. */
    int end(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running; drawn so far: " + screen());
            }
            reader.join(limit.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The process on the terminal. */
    ProcessHandle child() {
        return process.toHandle().children().findFirst().orElseThrow();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            byte[] piece = new byte[65536];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                synchronized (screen) {
                    screen.write(piece, 0, count);
                    screen.notifyAll();
                }
            }
        } catch (IOException ended) {
            // The process was killed.
        }
    }
}
