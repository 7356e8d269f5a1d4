package dev.patchbay.config.secret;

import dev.patchbay.config.template.Environment;
import dev.patchbay.config.template.Evaluation;
import dev.patchbay.config.template.Template;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.Gaps;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.util.Optional;

/** A secret written as a template: looked up in the environment each time it is used. */
final class TemplateSecret implements SecretValue {

    private final Template template;
    private final Environment environment;
    private final Location location;
    private final boolean key;

    /**
     * A secret at a place.
     *
     * @param key whether it is a key by itself, rather than a header value with one inside
     */
    TemplateSecret(Template template, Environment environment, Location location, boolean key) {
        this.template = template;
        this.environment = environment;
        this.location = location;
        this.key = key;
    }

    @Override
    public SecretRef reference() {
        return template.firstVariable()
                .map(name -> new SecretRef("env", name))
                .orElseGet(() -> new SecretRef("literal", location.toString()));
    }

    /** The text around the references is shown where it cannot be a part of the key. */
    @Override
    public String outline(Gaps gaps) {
        if (template.isConstant() || (key && !template.isOnlyReferences())) {
            return gaps.mark(reference());
        }
        return template.outline(environment, name -> gaps.mark(new SecretRef("env", name)));
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public Secret resolve() {
        Evaluation value = template.evaluate(environment);
        if (!value.isComplete()) {
            throw missing(value.missing().get(0));
        }
        if (value.text().isBlank()) {
            throw refused(reference() + " is empty", "set it to a key");
        }
        Optional<KeyRules.Problem> problem = key ? KeyRules.problem(value.text()) : Optional.empty();
        if (problem.isPresent()) {
            throw refused(
                    "the key from " + reference() + " " + problem.get().words(),
                    problem.get().help());
        }
        return Secret.of(value.text());
    }

    private ProviderException missing(Evaluation.Missing missing) {
        String message = missing.message().map(text -> ": " + text).orElse("");
        return refused(
                missing.name() + " " + missing.lack().words() + message,
                "looked in " + environment.description() + "; set " + missing.name());
    }

    private ProviderException refused(String message, String help) {
        return ProviderException.builder(ProviderException.Kind.AUTH, message + " (" + location + ")")
                .help(help)
                .build();
    }

    @Override
    public String toString() {
        return "secret " + reference() + " at " + location;
    }
}
