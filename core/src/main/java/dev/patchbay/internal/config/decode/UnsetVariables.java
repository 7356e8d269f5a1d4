package dev.patchbay.internal.config.decode;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.config.schema.ReferencePositions;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.template.Evaluation;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.Definition;
import java.net.URI;

/** Reports the variables that are not set, all of them, with where a key can be had and what was not sent. */
final class UnsetVariables {

    private final DecodeContext context;
    private final Environment environment;

    UnsetVariables(DecodeContext context, Environment environment) {
        this.context = context;
        this.environment = environment;
    }

    void report(Definition definition) {
        for (DecodeContext.Unset unset : context.unset()) {
            Evaluation.Missing missing = unset.missing();
            ScalarNode place = ReferencePositions.at(
                    unset.node(), missing.offset(), missing.name().length() + 1);
            String message = missing.message().map(text -> ": " + text).orElse("");
            context.unavailable(place.error(
                            Code.UNSET_VARIABLE,
                            missing.name() + " " + missing.lack().words() + message)
                    .help(help(missing.name(), definition)));
        }
    }

    private String help(String name, Definition definition) {
        StringBuilder help =
                new StringBuilder("set ").append(name).append(" in ").append(environment.description());
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
