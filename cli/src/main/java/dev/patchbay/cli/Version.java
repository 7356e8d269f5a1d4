package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The version of this build. */
final class Version {

    private Version() {}

    static int print(Terminal terminal) {
        terminal.out().println("patchbay " + text() + " on Java " + System.getProperty("java.version"));
        return ExitCode.OK;
    }

    private static String text() {
        try (InputStream resource = Version.class.getResourceAsStream("version.txt")) {
            return resource == null ? "unknown" : new String(resource.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
