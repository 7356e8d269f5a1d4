package dev.patchbay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What kind of file system a path lies on, and whether several machines may write there at once. */
final class DiskKind {

    private static final Set<String> NETWORK = Set.of(
            "9p",
            "acfs",
            "afp",
            "afpfs",
            "afs",
            "beegfs",
            "ceph",
            "cifs",
            "coda",
            "davfs",
            "davfs2",
            "gfs",
            "gfs2",
            "glusterfs",
            "gpfs",
            "ibrix",
            "lustre",
            "ncpfs",
            "nfs",
            "nfs3",
            "nfs4",
            "ocfs2",
            "orangefs",
            "panfs",
            "prl_fs",
            "pvfs2",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "vboxsf",
            "virtiofs",
            "vmhgfs",
            "webdav");

    /** File systems in user space that lie on a local disk. */
    private static final Set<String> LOCAL_IN_USER_SPACE = Set.of(
            "fuse.bindfs",
            "fuse.cryfs",
            "fuse.encfs",
            "fuse.exfat",
            "fuse.fuse-overlayfs",
            "fuse.gocryptfs",
            "fuse.lxcfs",
            "fuse.mergerfs",
            "fuse.ntfs",
            "fuse.ntfs-3g",
            "fuse.securefs",
            "fuse.zfs-fuse");

    private DiskKind() {}

    /** The kind, such as {@code ext4}; empty where it cannot be told. */
    static String of(Path path) {
        @Nullable Path existing = path.toAbsolutePath();
        while (existing != null && Files.notExists(existing)) {
            existing = existing.getParent();
        }
        try {
            return existing == null ? "" : Files.getFileStore(existing).type();
        } catch (IOException | UnsupportedOperationException | SecurityException unknown) {
            return "";
        }
    }

    /** Whether the log of the store must not be there. A kind that cannot be told counts as local. */
    static boolean isNetwork(String kind) {
        String name = kind.toLowerCase(Locale.ROOT);
        return NETWORK.contains(name) || (name.startsWith("fuse.") && !LOCAL_IN_USER_SPACE.contains(name));
    }
}
