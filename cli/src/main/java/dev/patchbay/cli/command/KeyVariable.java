package dev.patchbay.cli.command;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.util.List;

/** A key or token whose variable an option names, since a value of an option shows in lists of processes. */
public final class KeyVariable {

    private KeyVariable() {}

    /**
     * Looks the key up now.
     *
     * @throws UsageException if what was given is more likely a key than a name; it is not repeated
     * @throws ConfigurationException if the variable is not set, is blank, or holds what cannot be a key
     */
    public static Secret resolve(String option, String name, Environment environment) {
        VariableName.require(option, name, environment);
        Location place = Location.of(option);
        try {
            return Secrets.variable(name, environment, place).resolve();
        } catch (ProviderException e) {
            Diagnostic.Builder problem = Diagnostic.error(Code.UNSET_VARIABLE, place, String.valueOf(e.getMessage()));
            e.help().ifPresent(problem::help);
            throw new ConfigurationException(List.of(problem.build()));
        }
    }
}
