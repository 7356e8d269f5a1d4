package dev.patchbay.internal.gateway.accept;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many files the process may have open, and has. A connection is one of them: at the limit nobody can be let in, no provider be
 * reached and no file be read.
 *
 * @param most that the system lets it have
 * @param open at the time
 */
public record OpenFiles(long most, long open) {

    /** For what is opened later: event loops, jars, provider files, the store, a program that prints a key. */
    private static final int FILES = 48;

    private static final int LEAST = 8;

    private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files +(\\d+) ");

    /** Those of now. */
    public static OpenFiles now() {
        String[] open = new File("/proc/self/fd").list();
        try {
            Matcher most = LIMIT.matcher(Files.readString(Path.of("/proc/self/limits")));
            if (open != null && most.find()) {
                return new OpenFiles(Long.parseLong(most.group(1)), open.length);
            }
        } catch (IOException notLinux) {
            // There is another way, which loads a hundred classes.
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? new OpenFiles(system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount())
                : new OpenFiles(Long.MAX_VALUE, 0);
    }

    /**
     * How many connections clients may have, so that there is a file for each of their providers as well.
     *
     * @param wanted where files are no matter
     */
    public int connections(int wanted) {
        return (int) Math.min(wanted, Math.max(LEAST, (most - open - FILES) / 2));
    }
}
