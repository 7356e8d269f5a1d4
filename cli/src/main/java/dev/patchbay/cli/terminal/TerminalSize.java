package dev.patchbay.cli.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks the terminal of this process how large it is, through {@code stty}: Java cannot. */
final class TerminalSize {

    private static final long PATIENCE_MILLIS = 1_000;

    private TerminalSize() {}

    /** Empty where there is no terminal, or it does not say. */
    static Optional<Integer> columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return Optional.empty();
            }
            String[] words = new String(stty.getInputStream().readNBytes(64), US_ASCII)
                    .strip()
                    .split(" ", -1);
            return words.length == 2 && words[1].matches("[1-9]\\d{0,4}")
                    ? Optional.of(Integer.valueOf(words[1]))
                    : Optional.empty();
        } catch (IOException noStty) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
