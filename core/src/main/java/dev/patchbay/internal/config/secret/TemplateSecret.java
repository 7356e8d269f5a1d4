package dev.patchbay.internal.config.secret;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.template.Evaluation;
import dev.patchbay.internal.config.template.Reference;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.provider.SecretPlaceholders;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.util.List;
import java.util.Optional;

/** A secret written as a template: looked up in the environment each time it is used. */
final class TemplateSecret implements SecretValue {

    private final Template template;
    private final Environment environment;
    private final Location location;
    private final Use use;

    /** The key that was last looked at and can be one: it is the same for as long as its variable is. */
    private volatile String sound = "";

    TemplateSecret(Template template, Environment environment, Location location, Use use) {
        this.template = template;
        this.environment = environment;
        this.location = location;
        this.use = use;
    }

    @Override
    public SecretRef reference() {
        return template.firstVariable()
                .map(name -> new SecretRef("env", name))
                .orElseGet(() -> new SecretRef("literal", location.toString()));
    }

    /** The text around the references is shown where it cannot be a part of the key. */
    @Override
    public String outline(SecretPlaceholders gaps) {
        if (template.isConstant() || (use == Use.KEY && !template.isOnlyReferences())) {
            return gaps.mark(reference());
        }
        return template.outline(environment, name -> {
            SecretRef variable = new SecretRef("env", name);
            return use == Use.BARE_IN_BODY ? gaps.bareMark(variable) : gaps.mark(variable);
        });
    }

    @Override
    public List<SecretValue> parts() {
        if (template.onlyVariable().isPresent()) {
            return List.of();
        }
        return template.references(environment).stream()
                .filter(reference -> reference.state() == Reference.State.SET)
                .<SecretValue>map(reference ->
                        new TemplateSecret(Template.variable(reference.name()), environment, location, Use.IN_BODY))
                .toList();
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
        if (use.isNeeded && value.text().isBlank()) {
            throw refused(reference() + " is empty", "set it to a key");
        }
        if (use == Use.KEY && !value.text().equals(sound)) {
            requireSound(value.text());
            sound = value.text();
        }
        return Secret.of(value.text());
    }

    private void requireSound(String key) {
        Optional<KeyRules.Problem> problem = KeyRules.problem(key);
        if (problem.isPresent()) {
            throw refused(
                    "the key from " + reference() + " " + problem.get().words(),
                    problem.get().help());
        }
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

    /** What it is a part of. */
    enum Use {
        /** A key by itself. */
        KEY(true),
        /** The value of a header or a query parameter. */
        VALUE(true),
        /** A text of a body. */
        IN_BODY(false),
        /** A number or a truth value of a body. */
        BARE_IN_BODY(false);

        private final boolean isNeeded;

        Use(boolean isNeeded) {
            this.isNeeded = isNeeded;
        }
    }
}
