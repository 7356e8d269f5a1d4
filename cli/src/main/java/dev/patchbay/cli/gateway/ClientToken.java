package dev.patchbay.cli.gateway;

import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.KeyVariable;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.gateway.GatewayBuilder;
import dev.patchbay.gateway.GatewayException;
import dev.patchbay.gateway.TokenFile;
import dev.patchbay.spi.Secret;
import java.util.List;

/** What clients of a gateway have to send: what a variable holds that an option names, else what stands in the file of the home. */
interface ClientToken {

    /** Has the gateway ask for it. */
    void guard(GatewayBuilder gateway);

    /** How a shell has it; not the token itself. */
    String words();

    /**
     * What the options say.
     *
     * @throws ConfigurationException if the variable that is named holds none
     */
    static ClientToken of(Invocation invocation) {
        return invocation
                .value(GatewayCommand.TOKEN_ENV)
                .<ClientToken>map(name -> OfVariable.of(invocation, GatewayCommand.TOKEN_ENV, name))
                .orElseGet(() -> new OfFile(TokenFile.in(Installation.home(invocation))));
    }

    /** Changes while the gateway runs. */
    record OfFile(TokenFile file) implements ClientToken {

        @Override
        public void guard(GatewayBuilder gateway) {
            try {
                gateway.token(file);
            } catch (GatewayException unusable) {
                throw new ConfigurationException(List.of(Diagnostic.error(
                                Code.UNREADABLE_FILE,
                                Location.of(file.path().toString()),
                                String.valueOf(unusable.getMessage()))
                        .help("where no file can be used, " + GatewayCommand.TOKEN_ENV
                                + " names a variable with a token")
                        .build()));
            }
        }

        @Override
        public String words() {
            String path = file.path().toAbsolutePath().toString();
            return "\"$(cat '" + path.replace("'", "'\\''") + "')\"";
        }
    }

    /** The same until the gateway ends; no file is read or made. */
    record OfVariable(String name, Secret value) implements ClientToken {

        /** What is shorter is soon guessed; the file has the same rule. */
        private static final int SHORTEST = 8;

        static OfVariable of(Invocation invocation, String option, String name) {
            Secret value = KeyVariable.resolve(option, name, invocation.environment());
            if (invocation.environment().get(name).orElse("").strip().length() < SHORTEST) {
                throw new ConfigurationException(List.of(Diagnostic.error(
                                Code.BAD_VALUE,
                                Location.of(option),
                                "the token in " + name + " has fewer than " + SHORTEST + " characters")
                        .help("take a longer one, such as `openssl rand -hex 32` prints")
                        .build()));
            }
            return new OfVariable(name, value);
        }

        @Override
        public void guard(GatewayBuilder gateway) {
            gateway.token(value);
        }

        @Override
        public String words() {
            return "\"$" + name + "\"";
        }
    }
}
