package dev.patchbay.cli.command;

import dev.patchbay.internal.config.template.Environment;
import java.util.regex.Pattern;

/** Tells the name of a variable from a key that was pasted in its place. */
public final class VariableName {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int LONG_NAME = 24;

    private VariableName() {}

    /**
     * The name, if it is one.
     *
     * @throws UsageException if it is more likely a key; it is not repeated
     */
    public static String require(String option, String name, Environment environment) {
        if (!NAME.matcher(name).matches() || (environment.get(name).isEmpty() && looksLikeKey(name))) {
            throw new UsageException(option + " takes the name of a variable, not a key");
        }
        return name;
    }

    /** Names of variables are short or in capitals; keys are neither. */
    private static boolean looksLikeKey(String text) {
        return text.length() > LONG_NAME && text.chars().anyMatch(Character::isLowerCase);
    }
}
