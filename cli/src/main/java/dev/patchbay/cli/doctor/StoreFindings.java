package dev.patchbay.cli.doctor;

import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.session.SessionFile;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.store.StoreException;
import dev.patchbay.store.StoreHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The file in which sessions are kept: where it is, how large, whether it is whole, and what reads it. */
final class StoreFindings {

    private static final String STORE = "session store";

    private static final String HELP = "launches go on without it, and store nothing";

    /** What a new file and its log take with a few sessions. */
    private static final long LEAST_SPACE = 1 << 20;

    /** The log is cut to less than this whenever nobody reads. */
    private static final long LARGE_LOG = 64L << 20;

    private StoreFindings() {}

    static List<Finding> look(Invocation invocation) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("SQLite", SqliteSessionStore.libraryVersion()));
        Optional<Path> file = SessionFile.locate(invocation);
        if (file.isEmpty()) {
            findings.add(Finding.ok(STORE, "off: nothing is stored"));
        } else if (!Files.exists(file.get())) {
            findings.add(absent(file.get()));
        } else {
            findings.addAll(existing(file.get(), invocation));
        }
        return findings;
    }

    private static Finding absent(Path file) {
        try {
            SqliteSessionStore.builder(file).requireLocalDisk();
        } catch (StoreException failure) {
            return Finding.error(STORE, String.valueOf(failure.getMessage()), HELP);
        }
        return obstacle(file)
                .map(why -> Finding.error(STORE, file + " cannot be made: " + why, HELP))
                .orElseGet(() -> Finding.ok(STORE, file + ", which does not exist yet"));
    }

    /** What keeps a file from being written; empty if nothing is known of. */
    private static Optional<String> obstacle(Path file) {
        Path there = file.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        boolean isParent = !there.equals(file.toAbsolutePath());
        if (isParent && !Files.isDirectory(there)) {
            return Optional.of(there + " is no folder");
        }
        if (!Files.isWritable(there)) {
            return Optional.of((isParent ? there.toString() : "it") + " can only be read");
        }
        try {
            long space = Files.getFileStore(there).getUsableSpace();
            return space < LEAST_SPACE
                    ? Optional.of(
                            "its disk has " + (space >> 10) + " kB left, and " + (LEAST_SPACE >> 10) + " kB are needed")
                    : Optional.empty();
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private static List<Finding> existing(Path file, Invocation invocation) {
        String rescue = "copy what can be read: " + invocation.globals().command("sessions rescue NEW-FILE");
        try (SqliteSessionStore store = SessionFile.builder(file, invocation).openEvenIfFull()) {
            StoreHealth health = store.health();
            List<Finding> findings = new ArrayList<>();
            if (health.damage().isPresent()) {
                findings.add(Finding.error(
                        STORE, file + " is damaged: " + health.damage().get(), rescue));
            } else {
                String found = file + ", " + health.sessions() + " sessions, " + megabytes(health.fileBytes());
                findings.add(obstacle(file)
                        .or(() -> readOnly(store))
                        .map(why -> Finding.warn(STORE, found + ", but " + why, HELP))
                        .orElseGet(() -> Finding.ok(STORE, found)));
            }
            if (health.logBytes() > LARGE_LOG) {
                findings.add(Finding.warn(
                        "session store's log",
                        file + "-wal has grown to " + megabytes(health.logBytes()),
                        "end the process that has the file open for long; the log is cut then"));
            }
            return findings;
        } catch (StoreException failure) {
            boolean damaged = failure.kind() == StoreException.Kind.DAMAGED;
            String help = damaged ? rescue : HELP;
            return List.of(Finding.error(
                    STORE, invocation.globals().withCommands(String.valueOf(failure.getMessage())), help));
        }
    }

    private static Optional<String> readOnly(SqliteSessionStore store) {
        return store.isReadOnly() ? Optional.of("it can only be read") : Optional.empty();
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
    }
}
