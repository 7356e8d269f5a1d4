package dev.patchbay.internal.config.schema;

import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.regex.Pattern;

/** The keys of the mappings that stand for secrets, and whether one may be printed: in YAML, {@code {sk-…}} is a mapping too. */
public final class SecretFormName {

    /** A variable of the environment. */
    public static final String ENV = "env";
    /** The content of a file. */
    public static final String FILE = "file";
    /** What a program prints; the only form with fields of its own in the table. */
    public static final String COMMAND = "command";

    private static final Pattern WORD = Pattern.compile("[a-z]{2,12}([-_][a-z]{2,12})?");

    private SecretFormName() {}

    /** Whether it is a name with something behind it, rather than a key that somebody put into braces. */
    public static boolean isPrintable(MapNode.Entry entry) {
        boolean alone = entry.value() instanceof ScalarNode scalar && scalar.isNull();
        return !alone && WORD.matcher(entry.key().text()).matches();
    }
}
