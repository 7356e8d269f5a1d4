package dev.patchbay.spi;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of this plugin interface, apart from that of Patchbay itself.
 *
 * <p>A plugin jar states in its manifest, as {@code Provider-Spi-Version: 2.0}, which one it was built for. The major
 * number grows when something that plugins use goes away, the minor number when something is added.
 *
 * @param major a host takes plugins of its own major version only
 * @param minor a host takes plugins of its own minor version and of older ones
 */
public record SpiVersion(int major, int minor) {

    /** The attribute of a plugin jar's manifest that states the version. */
    public static final String MANIFEST_ATTRIBUTE = "Provider-Spi-Version";

    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.\\d{1,4})?");

    /** The version of the interface that this host offers. */
    public static SpiVersion current() {
        return new SpiVersion(2, 0);
    }

    /**
     * Reads {@code major.minor}; a third number is allowed and has no meaning.
     *
     * @return empty if the text is anything else
     */
    public static Optional<SpiVersion> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new SpiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
    }

    /** Whether a host of this version can run a plugin that was built for {@code other}. */
    public boolean accepts(SpiVersion other) {
        return other.major == major && other.minor <= minor;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
