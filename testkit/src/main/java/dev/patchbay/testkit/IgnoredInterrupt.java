package dev.patchbay.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A shell that starts a build in the background lets it ignore SIGINT, and every process that the build starts ignores it as
 * well. A test that interrupts one would wait in vain.
 */
final class IgnoredInterrupt {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";
    private static final int SIGINT_BIT = 1 << 1;

    private static final boolean HERE = isIgnored();

    private IgnoredInterrupt() {}

    /** The command, with the usual meaning of SIGINT; where that is not lost, itself. */
    static List<String> undone(List<String> command) {
        if (!HERE || !isThere(command.get(0))) {
            return command;
        }
        List<String> whole = new ArrayList<>(List.of("env", "--default-signal=INT"));
        whole.addAll(command);
        return whole;
    }

    /** What is not there is to fail as it does otherwise. */
    private static boolean isThere(String program) {
        String folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return program.contains("/")
                ? Files.isExecutable(Path.of(program))
                : Stream.of(folders.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Only Linux says so. */
    private static boolean isIgnored() {
        try {
            return Files.exists(STATUS)
                    && Files.readAllLines(STATUS).stream()
                            .filter(line -> line.startsWith(IGNORED))
                            .map(line -> line.substring(IGNORED.length()).strip())
                            .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGINT_BIT) != 0);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
