package dev.patchbay.cli.launch;

import dev.patchbay.cli.command.UsageException;
import dev.patchbay.config.secret.Secrets;
import dev.patchbay.config.template.Environment;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.util.List;
import java.util.regex.Pattern;

/** The key that {@code --api-key-env} names. */
final class KeyVariable {

    private static final Location PLACE = Location.of("--api-key-env");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int LONG_NAME = 24;

    private KeyVariable() {}

    /**
     * Looks the key up now.
     *
     * @throws UsageException if what was given is more likely a key than a name; it is not repeated
     * @throws ConfigurationException if the variable is not set, is blank, or holds what cannot be a key
     */
    static Secret resolve(String name, Environment environment) {
        if (!NAME.matcher(name).matches() || (environment.get(name).isEmpty() && looksLikeKey(name))) {
            throw new UsageException("--api-key-env takes the name of a variable, not a key");
        }
        try {
            return Secrets.variable(name, environment, PLACE).resolve();
        } catch (ProviderException e) {
            Diagnostic.Builder problem = Diagnostic.error(Code.UNSET_VARIABLE, PLACE, String.valueOf(e.getMessage()));
            e.help().ifPresent(problem::help);
            throw new ConfigurationException(List.of(problem.build()));
        }
    }

    /** Names of variables are short or in capitals; keys are neither. */
    private static boolean looksLikeKey(String text) {
        return text.length() > LONG_NAME && text.chars().anyMatch(Character::isLowerCase);
    }
}
