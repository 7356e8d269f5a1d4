package dev.patchbay.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.jdbc4.JDBC4Connection;

/** The file of a store: made, opened, and brought to the format that this program knows. */
final class StoreFile {

    /** The newest format; its scripts are {@code 001.sql} and so on. */
    static final int FORMAT = 6;

    /** Says in the file's head whose it is: "Ptch". */
    private static final int APPLICATION = 0x50746368;

    /** What the log is cut to when everything in it is in the file. */
    static final int LOG_BYTES = 4 << 20;

    private static final long PAUSE_NANOS = 5_000_000;

    private StoreFile() {}

    /** How a file is opened. */
    private enum Access {
        WRITE,
        READ,
        /** For a full disk, which has no room for what those who share a file keep beside it: they wait until this one closes. */
        READ_ALONE
    }

    /**
     * Opens the file; one that this user may not write is opened for reading.
     *
     * @throws StoreException if it cannot be opened
     */
    static Database open(Path file, Duration patience) {
        return prepare(file)
                ? open(file, Access.WRITE, null, patience)
                : open(file, Access.READ, StoreException.readOnly(file, null), patience);
    }

    /**
     * Opens a file for reading alone, on a disk that is too full to write.
     *
     * @param full says so to whoever writes
     */
    static Database openFull(Path file, StoreException full, Duration patience) {
        return open(file, Access.READ_ALONE, full, patience);
    }

    private static Database open(Path file, Access access, @Nullable StoreException unwritable, Duration patience) {
        try {
            Sql sql = connect(file, access, patience);
            try {
                requireOurs(file, sql);
                if (unwritable == null) {
                    upgrade(sql, patience);
                } else if (sql.number("PRAGMA user_version") < FORMAT) {
                    // To read it, it would have to be brought to the newest format before.
                    throw unwritable;
                }
                return new Database(file, sql, () -> connect(file, access, patience), unwritable);
            } catch (SQLException | RuntimeException failure) {
                sql.close();
                throw failure;
            }
        } catch (SQLException failure) {
            throw Database.failure(file, failure);
        }
    }

    /** Makes the file for this user alone, if there is none; returns whether it can be written. */
    private static boolean prepare(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw StoreException.unavailable(file, "it is no file", null);
        }
        try {
            if (Files.exists(file)) {
                if (Files.isDirectory(file)) {
                    throw StoreException.unavailable(file, "it is a folder", null);
                }
                // Without the right to write the folder, SQLite cannot keep its log.
                return Files.isWritable(file) && Files.isWritable(folder);
            }
            Files.createDirectories(folder, NativeLibrary.owner("rwx------"));
            Files.createFile(file, NativeLibrary.owner("rw-------"));
            return true;
        } catch (FileAlreadyExistsException another) {
            return true;
        } catch (FileSystemException failure) {
            String reason = failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
            if (reason.toLowerCase(Locale.ROOT).contains("space")) {
                throw StoreException.noSpace(file, failure);
            }
            throw StoreException.unavailable(file, reason, failure);
        } catch (IOException failure) {
            throw StoreException.unavailable(file, String.valueOf(failure.getMessage()), failure);
        }
    }

    private static Sql connect(Path file, Access access, Duration patience) throws SQLException {
        String name = "file:" + file.toAbsolutePath().toUri().getRawPath();
        Sql sql = connection(name + parameters(file, access), patience);
        try {
            sql.script("PRAGMA synchronous = NORMAL");
            sql.script("PRAGMA foreign_keys = ON");
            sql.script("PRAGMA secure_delete = ON");
            sql.script("PRAGMA temp_store = MEMORY");
            return sql;
        } catch (SQLException | RuntimeException failure) {
            sql.close();
            throw failure;
        }
    }

    private static String parameters(Path file, Access access) {
        return switch (access) {
            case WRITE -> "";
            // Without a log, nothing beside the file has to be made to read it.
            case READ -> hasLog(file) ? "?mode=ro" : "?immutable=1";
            case READ_ALONE -> "?vfs=unix-excl";
        };
    }

    /** A connection for whoever reads what can be read of a damaged file, which may be cut. */
    static Sql connectToDamaged(Path file, Duration patience) throws SQLException {
        Sql sql = connection("file:" + file.toAbsolutePath().toUri().getRawPath(), patience);
        try {
            // Only so SQLite takes a file that is shorter than its head says.
            sql.script("PRAGMA writable_schema = ON");
            return sql;
        } catch (SQLException | RuntimeException failure) {
            sql.close();
            throw failure;
        }
    }

    private static Sql connection(String name, Duration patience) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
        Properties properties = config.toProperties();
        // Directly: the manager of drivers would look through every jar for others.
        return new Sql(new JDBC4Connection("jdbc:sqlite:" + name, name, properties));
    }

    private static boolean hasLog(Path file) {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        try {
            return Files.size(log) > 0;
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException unknown) {
            return true;
        }
    }

    private static void requireOurs(Path file, Sql sql) throws SQLException {
        long format = sql.number("PRAGMA user_version");
        boolean ours = sql.number("PRAGMA application_id") == APPLICATION;
        if (!ours && (format != 0 || sql.number("SELECT count(*) FROM sqlite_master") != 0)) {
            throw StoreException.foreign(file);
        }
        if (format > FORMAT) {
            throw StoreException.newer(file, (int) format, FORMAT);
        }
    }

    private static void upgrade(Sql sql, Duration patience) throws SQLException {
        int format = (int) sql.number("PRAGMA user_version");
        if (format == 0) {
            sql.script("PRAGMA auto_vacuum = INCREMENTAL");
        }
        useLog(sql, patience);
        sql.script("PRAGMA journal_size_limit = " + LOG_BYTES);
        for (int next = format + 1; next <= FORMAT; next++) {
            sql.change("BEGIN EXCLUSIVE");
            try {
                // Another process may have done it while this one waited.
                if (sql.number("PRAGMA user_version") < next) {
                    sql.script(script(next));
                    if (next == OneTimeActs.HASHED_SINCE) {
                        OneTimeActs.hashNames(sql);
                    }
                    sql.script("PRAGMA application_id = " + APPLICATION);
                    sql.script("PRAGMA user_version = " + next);
                }
                sql.change("COMMIT");
            } catch (SQLException failure) {
                sql.change("ROLLBACK");
                throw failure;
            }
        }
        if (format != 0 && format < OneTimeActs.HASHED_SINCE) {
            // Until then the names stand in the file, and in the log, as they were.
            sql.script("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /** Turning the log on takes the whole file for a moment, for which SQLite does not wait. */
    private static void useLog(Sql sql, Duration patience) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!sql.first("PRAGMA journal_mode", row -> row.text("journal_mode"))
                .orElse("")
                .equals("wal")) {
            try {
                sql.script("PRAGMA journal_mode = WAL");
            } catch (SQLiteException failure) {
                if (failure.getResultCode() != SQLiteErrorCode.SQLITE_BUSY || System.nanoTime() > deadline) {
                    throw failure;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static String script(int format) {
        String name = String.format(Locale.ROOT, "%03d.sql", format);
        try (InputStream text = StoreFile.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException("there is no " + name);
            }
            return new String(text.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
