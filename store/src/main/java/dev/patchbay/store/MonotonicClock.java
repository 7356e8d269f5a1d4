package dev.patchbay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * A clock that nobody can set and that stands still while the machine sleeps.
 *
 * @param name the same for processes whose readings can be compared, and for no others
 * @param nanos the reading
 */
record MonotonicClock(String name, LongSupplier nanos) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/time");

    /**
     * The one of this process. On Linux {@link System#nanoTime} reads CLOCK_MONOTONIC, which all processes of one boot and one
     * time namespace share; elsewhere nothing is known of it, and the name is this process's own.
     */
    static MonotonicClock ofProcess() {
        return new MonotonicClock(shared(), System::nanoTime);
    }

    private static String shared() {
        try {
            String namespace =
                    Files.exists(NAMESPACE) ? Files.readSymbolicLink(NAMESPACE).toString() : "none";
            return Files.readString(BOOT).strip() + " " + namespace;
        } catch (IOException | UnsupportedOperationException notLinux) {
            return "process " + java.util.UUID.randomUUID();
        }
    }

    long now() {
        return nanos.getAsLong();
    }
}
