package dev.patchbay.internal.config.schema;

import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys of the mappings that stand for secrets, and whether one may be printed: in YAML, {@code {sk-…}} is a mapping too. */
public final class SecretFormName {

    /** A variable of the environment. */
    public static final String ENV = "env";
    /** The content of a file. */
    public static final String FILE = "file";
    /** What a program prints; the only form with fields of its own in the table. */
    public static final String COMMAND = "command";

    /** All that are core's own. */
    public static final Set<String> CORE = Set.of(ENV, FILE, COMMAND);
    /** Those with one text behind their name. */
    public static final List<String> WITH_TEXT = List.of(ENV, FILE);
    /** Those that a plugin jar cannot write: what they read or run is the user's. */
    public static final Set<String> OF_USERS = Set.of(FILE, COMMAND);

    private static final Pattern WORD = Pattern.compile("[a-z]{2,12}([-_][a-z]{2,12})?");

    private SecretFormName() {}

    /** Whether it is a name with something behind it, rather than a key that somebody put into braces. */
    public static boolean isPrintable(MapNode.Entry entry) {
        boolean alone = entry.value() instanceof ScalarNode scalar && scalar.isNull();
        return !alone && WORD.matcher(entry.key().text()).matches();
    }
}
