package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Compares a text with a file that is kept beside the tests.
 *
 * <p>Files are under {@code src/test/resources/golden} of the module under test. With {@code -Dgolden.update=true} they
 * are written instead of compared: look at the difference in version control before it is kept. Immutable.
 *
 * <pre>{@code
 * Golden.files().withoutPorts().replacing(home, "<home>").check("providers-list.txt", stdout);
 * }</pre>
 */
public final class Golden {

    private static final Pattern PORT = Pattern.compile("(127\\.0\\.0\\.1|localhost):\\d+");

    private final Path directory;
    private final UnaryOperator<String> normaliser;
    private final boolean update;

    Golden(Path directory, UnaryOperator<String> normaliser, boolean update) {
        this.directory = directory;
        this.normaliser = normaliser;
        this.update = update;
    }

    /** The golden files of the module under test. */
    public static Golden files() {
        return in(Path.of(System.getProperty("basedir", ""), "src", "test", "resources", "golden"));
    }

    /** Golden files in another directory. */
    public static Golden in(Path directory) {
        requireNonNull(directory, "directory is null");
        return new Golden(directory, text -> text, Boolean.getBoolean("golden.update"));
    }

    /** Compares with a certain file, as it is. */
    public static void assertMatches(Path file, String actual) {
        in(Path.of("")).check(file.toString(), actual);
    }

    /** Compares with {@code golden/<simple name of the class>/<name>}, as it is. */
    public static void assertMatches(Class<?> test, String name, String actual) {
        files().check(test.getSimpleName() + "/" + name, actual);
    }

    /** The same, but what differs from run to run is replaced in the text before it is compared or written. */
    public Golden normalising(UnaryOperator<String> change) {
        requireNonNull(change, "change is null");
        return new Golden(directory, text -> change.apply(normaliser.apply(text)), update);
    }

    /** The same with {@code <port>} for the port after a loopback address. */
    public Golden withoutPorts() {
        return normalising(text -> PORT.matcher(text).replaceAll("$1:<port>"));
    }

    /** The same with a name such as {@code <home>} for a path, as given and with links resolved. */
    public Golden replacing(Path path, String name) {
        return normalising(text -> text.replace(real(path), name).replace(path.toString(), name));
    }

    /**
     * Compares.
     *
     * @param name path of the file below the directory
     * @throws AssertionError with the lines that differ, or if there is no such file
     */
    public void check(String name, String actual) {
        Path file = directory.resolve(name);
        String normalised = normaliser.apply(actual);
        try {
            if (update) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, normalised);
                return;
            }
            if (!Files.exists(file)) {
                throw new AssertionError(
                        "no golden file " + file + "; write it with -Dgolden.update=true. It would be:\n" + normalised);
            }
            compare(file, Files.readString(file, UTF_8), normalised);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compare(Path file, String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(file + " differs (- expected, + actual); if the new text is right, run with "
                    + "-Dgolden.update=true\n" + LineDiff.of(expected, actual));
        }
    }

    private static String real(Path path) {
        try {
            return path.toRealPath().toString();
        } catch (IOException e) {
            return path.toString(); // it is gone: only the given form can occur
        }
    }
}
