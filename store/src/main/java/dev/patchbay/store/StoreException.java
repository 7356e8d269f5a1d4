package dev.patchbay.store;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.PatchbayException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The store cannot be used, or did not do what it was asked; everything is as it was. The message is one sentence with the
 * file and what to do.
 */
public final class StoreException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    private static final String ELSEWHERE = "name another file with PATCHBAY_STORE, or set it to off";

    /** What is wrong. */
    public enum Kind {
        /** A newer Patchbay wrote it. */
        NEWER,
        /** It cannot be read in part or as a whole. */
        DAMAGED,
        /** It belongs to another program. */
        FOREIGN,
        /** Its disk is full. */
        NO_SPACE,
        /** It can be read, but not written. */
        READ_ONLY,
        /** Another process held it for too long. */
        BUSY,
        /** It lies on a disk of several machines. */
        NETWORK_DISK,
        /** SQLite could not be loaded. */
        NO_LIBRARY,
        /** This process stood still for so long that its sessions were taken for dead. */
        LEASE_LOST,
        /** Anything else. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final transient @Nullable Path file;

    private StoreException(Kind kind, Path file, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = requireNonNull(kind, "kind is null");
        this.file = file;
    }

    public Kind kind() {
        return kind;
    }

    /** The file of the store; null after deserialization. */
    public @Nullable Path file() {
        return file;
    }

    static StoreException newer(Path file, int version, int known) {
        return new StoreException(
                Kind.NEWER,
                file,
                "the session store " + file + " was written by a newer Patchbay (format " + version
                        + ", this one knows " + known + "): update Patchbay, or " + ELSEWHERE,
                null);
    }

    /** While this program ran. */
    static StoreException upgraded(Path file, int version, int known, Throwable cause) {
        return new StoreException(
                Kind.NEWER,
                file,
                "a newer Patchbay has brought the session store " + file
                        + " to its format while this program ran (format "
                        + version + ", this one knows " + known
                        + "): start this program anew, a daemon with `patchbay daemon stop` and `patchbay daemon start`",
                cause);
    }

    static StoreException damaged(Path file, String detail, @Nullable Throwable cause) {
        return new StoreException(
                Kind.DAMAGED,
                file,
                "the session store " + file + " is damaged (" + detail
                        + "): nothing was changed or deleted; copy what can be read with `patchbay sessions rescue NEW-FILE`, or "
                        + ELSEWHERE,
                cause);
    }

    /** Of a rescue, which cannot be advised again. */
    static StoreException nothingReadable(Path file, String detail, @Nullable Throwable cause) {
        return new StoreException(
                Kind.DAMAGED,
                file,
                "nothing can be read of the session store " + file + " (" + detail
                        + "): it stays as it is; take it from a backup, or " + ELSEWHERE,
                cause);
    }

    static StoreException foreign(Path file) {
        return new StoreException(
                Kind.FOREIGN, file, "the file " + file + " is a database of another program: " + ELSEWHERE, null);
    }

    static StoreException noSpace(Path file, @Nullable Throwable cause) {
        return new StoreException(
                Kind.NO_SPACE,
                file,
                "the disk of the session store " + file + " has no space left: free some, or " + ELSEWHERE,
                cause);
    }

    static StoreException readOnly(Path file, @Nullable Throwable cause) {
        return new StoreException(
                Kind.READ_ONLY,
                file,
                "the session store " + file + " can be read, but not written: give this user the right to write it and"
                        + " its folder, or " + ELSEWHERE,
                cause);
    }

    static StoreException busy(Path file, @Nullable Throwable cause) {
        return new StoreException(
                Kind.BUSY,
                file,
                "the session store " + file + " is locked by another process that does not let go: end that process,"
                        + " or " + ELSEWHERE,
                cause);
    }

    static StoreException networkDisk(Path file, String kindOfDisk, @Nullable Throwable cause) {
        return new StoreException(
                Kind.NETWORK_DISK,
                file,
                "the session store " + file + " would lie on a network disk (" + kindOfDisk
                        + "), where SQLite's log cannot be shared safely: name a file on a local disk with"
                        + " PATCHBAY_STORE, or set it to off",
                cause);
    }

    static StoreException noLibrary(Path file, String detail, @Nullable Throwable cause) {
        return new StoreException(
                Kind.NO_LIBRARY,
                file,
                "the session store " + file + " cannot be opened, since SQLite's library cannot be loaded (" + detail
                        + "): name a folder that may hold programs with XDG_CACHE_HOME, or set PATCHBAY_STORE to off",
                cause);
    }

    static StoreException leaseLost(Path file, String sessionId) {
        return new StoreException(
                Kind.LEASE_LOST,
                file,
                "this process stood still for so long that session " + sessionId + " was taken for dead and marked as"
                        + " failed in the session store " + file + ": launch it again",
                null);
    }

    static StoreException unavailable(Path file, String detail, @Nullable Throwable cause) {
        return new StoreException(
                Kind.UNAVAILABLE,
                file,
                "the session store " + file + " cannot be used (" + detail + "): " + ELSEWHERE,
                cause);
    }
}
