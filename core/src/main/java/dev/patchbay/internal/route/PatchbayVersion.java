package dev.patchbay.internal.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** Which Patchbay this is. A manifest does not tell: in one jar with an application it is the application's. */
final class PatchbayVersion {

    private static final String CURRENT = read();

    private PatchbayVersion() {}

    /** As the build wrote it beside this class; {@code dev} where it is left out. */
    static String current() {
        return CURRENT;
    }

    private static String read() {
        try (InputStream text = PatchbayVersion.class.getResourceAsStream("version.txt")) {
            return text == null ? "dev" : new String(text.readAllBytes(), UTF_8).strip();
        } catch (IOException unreadable) {
            return "dev";
        }
    }
}
