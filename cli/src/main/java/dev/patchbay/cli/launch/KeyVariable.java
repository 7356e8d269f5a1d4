package dev.patchbay.cli.launch;

import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.command.VariableName;
import dev.patchbay.config.secret.Secrets;
import dev.patchbay.config.template.Environment;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.util.List;

/** The key that {@code --api-key-env} names. */
final class KeyVariable {

    private static final String OPTION = "--api-key-env";
    private static final Location PLACE = Location.of(OPTION);

    private KeyVariable() {}

    /**
     * Looks the key up now.
     *
     * @throws UsageException if what was given is more likely a key than a name; it is not repeated
     * @throws ConfigurationException if the variable is not set, is blank, or holds what cannot be a key
     */
    static Secret resolve(String name, Environment environment) {
        VariableName.require(OPTION, name, environment);
        try {
            return Secrets.variable(name, environment, PLACE).resolve();
        } catch (ProviderException e) {
            Diagnostic.Builder problem = Diagnostic.error(Code.UNSET_VARIABLE, PLACE, String.valueOf(e.getMessage()));
            e.help().ifPresent(problem::help);
            throw new ConfigurationException(List.of(problem.build()));
        }
    }
}
