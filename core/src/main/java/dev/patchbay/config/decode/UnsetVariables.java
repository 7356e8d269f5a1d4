package dev.patchbay.config.decode;

import dev.patchbay.config.schema.References;
import dev.patchbay.config.template.Environment;
import dev.patchbay.config.template.Evaluation;
import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.provider.Definition;
import java.net.URI;

/** Reports the variables that are not set, all of them, with where a key can be had and what was not sent. */
final class UnsetVariables {

    private final Context context;
    private final Environment environment;

    UnsetVariables(Context context, Environment environment) {
        this.context = context;
        this.environment = environment;
    }

    void report(Definition definition) {
        for (Context.Unset unset : context.unset()) {
            Evaluation.Missing missing = unset.missing();
            ScalarNode place =
                    References.at(unset.node(), missing.offset(), missing.name().length() + 1);
            String message = missing.message().map(text -> ": " + text).orElse("");
            context.unavailable(place.error(
                            Code.UNSET_VARIABLE,
                            missing.name() + " " + missing.lack().words() + message)
                    .help(help(definition)));
        }
    }

    private String help(Definition definition) {
        StringBuilder help = new StringBuilder("looked in ").append(environment.description());
        definition
                .keyUrl()
                .ifPresent(url -> help.append("; a key can be had at ").append(url));
        help.append("; nothing was sent");
        definition
                .baseUrl()
                .map(URI::getHost)
                .ifPresent(host -> help.append(" to ").append(host));
        return help.toString();
    }
}
