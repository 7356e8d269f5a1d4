package dev.patchbay.gateway;

import dev.patchbay.spi.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Supplier;

/** The token in a file as it stood when the gateway that has it last looked. Safe for use by several threads. */
public final class WatchedToken implements Supplier<Secret> {

    static final long PERIOD_MILLIS = 500;

    private static final System.Logger LOG = System.getLogger(WatchedToken.class.getName());

    private final TokenFile file;
    private final Runnable whenChanged;
    private String seen;
    private volatile Secret token;

    /**
     * The token of a file, which is read now.
     *
     * @param whenChanged told when there is another token
     * @throws GatewayException as {@link TokenFile#read} does
     */
    public WatchedToken(TokenFile file, Runnable whenChanged) {
        this.file = file;
        this.whenChanged = whenChanged;
        this.token = file.read();
        this.seen = state();
    }

    @Override
    public Secret get() {
        return token;
    }

    /** Reads the file if it is another one, or was changed. */
    void look() {
        String now = state();
        if (now.equals(seen) || now.isEmpty()) {
            return;
        }
        seen = now;
        try {
            Secret read = file.read();
            boolean another = !read.reveal().equals(token.reveal());
            token = read;
            if (another) {
                whenChanged.run();
            }
        } catch (GatewayException unusable) {
            LOG.log(System.Logger.Level.WARNING, "{0}; the token stays what it was", unusable.getMessage());
        }
    }

    /** Another one for each change; empty if the file is not there. */
    private String state() {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String changed = String.valueOf(Files.getAttribute(file.path(), "unix:ctime", LinkOption.NOFOLLOW_LINKS));
            return attributes.fileKey() + " " + attributes.size() + " " + attributes.lastModifiedTime() + " " + changed;
        } catch (IOException | UnsupportedOperationException gone) {
            return "";
        }
    }
}
