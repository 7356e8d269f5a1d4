package dev.patchbay.cli.session;

import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.store.Retention;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.store.StoreLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** The file in which sessions are kept, as the command line and the environment name it. */
public final class SessionFile {

    /** Keeps nothing of one launch. */
    public static final String NO_STORE = "--no-store";

    private SessionFile() {}

    /** The option of commands that store what they do. */
    public static OptionSpec noStore() {
        return OptionSpec.builder(NO_STORE)
                .type(boolean.class)
                .description("Store nothing of it; PATCHBAY_STORE=off does so for all.")
                .build();
    }

    /** The file, which need not exist; empty if nothing is to be stored. */
    public static Optional<Path> locate(Invocation invocation) {
        return StoreLocation.file(invocation.environment(), invocation.globals().home());
    }

    /**
     * How to open a file.
     *
     * @throws UsageException if the environment says for how long in a way that is none
     */
    public static SqliteSessionStore.Builder builder(Path file, Invocation invocation) {
        SqliteSessionStore.Builder builder = SqliteSessionStore.builder(file).retention(retention(invocation));
        StoreLocation.libraryFolders(
                        invocation.environment(), invocation.globals().home())
                .forEach(builder::libraryFolder);
        return builder;
    }

    private static Retention retention(Invocation invocation) {
        try {
            return StoreLocation.retention(invocation.environment());
        } catch (IllegalArgumentException none) {
            throw new UsageException(StoreLocation.RETENTION + ": " + none.getMessage());
        }
    }

    /**
     * Opens the file for a command that shows or changes what is in it; nothing is made by looking.
     *
     * @return empty if there is none yet
     * @throws UsageException if sessions are not stored at all
     * @throws dev.patchbay.store.StoreException if it cannot be used
     */
    public static Optional<SqliteSessionStore> open(Invocation invocation) {
        Path file = locate(invocation)
                .orElseThrow(() -> new UsageException(
                        StoreLocation.STORE + " is off: sessions are not stored; unset it, or name a file"));
        return Files.exists(file) ? Optional.of(builder(file, invocation).openEvenIfFull()) : Optional.empty();
    }
}
