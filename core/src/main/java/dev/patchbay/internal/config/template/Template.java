package dev.patchbay.internal.config.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The value of a field in which variables are substituted (provider-files.md, section 3). Immutable.
 *
 * <pre>
 * template := ( text | "$$" | "$" NAME | "${" NAME "}" | "${" NAME ":-" template "}" | "${" NAME ":?" text "}" )*
 * </pre>
 */
public final class Template {

    private final List<TemplatePart> parts;

    Template(List<TemplatePart> parts) {
        this.parts = parts;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException if it is not one
     */
    public static Template parse(String text) throws TemplateException {
        ForeignSyntax.refuse(text);
        if (text.indexOf('$') < 0) {
            return constant(text);
        }
        return new TemplateParser(text).parse();
    }

    /** A template without references. */
    public static Template constant(String text) {
        return new Template(List.of(new TemplatePart.Text(text)));
    }

    /** A template that is one reference to a variable. */
    public static Template variable(String name) {
        return new Template(List.of(new TemplatePart.Variable(name, 0, null, null)));
    }

    /** Whether it refers to no variable. */
    public boolean isConstant() {
        for (TemplatePart part : parts) {
            if (part instanceof TemplatePart.Variable) {
                return false;
            }
        }
        return true;
    }

    /** The name of the first variable it refers to. */
    public Optional<String> firstVariable() {
        for (TemplatePart part : parts) {
            if (part instanceof TemplatePart.Variable variable) {
                return Optional.of(variable.name());
            }
        }
        return Optional.empty();
    }

    /** The name of the variable, if the template is nothing but one reference without a default. */
    public Optional<String> onlyVariable() {
        boolean single = parts.size() == 1
                && parts.get(0) instanceof TemplatePart.Variable variable
                && variable.fallback() == null;
        return single ? firstVariable() : Optional.empty();
    }

    /** Whether some default holds text of its own, which in a secret would be a key. */
    public boolean hasLiteralDefault() {
        for (TemplatePart part : parts) {
            if (part instanceof TemplatePart.Variable variable
                    && variable.fallback() != null
                    && variable.fallback().hasText()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is nothing but references, without a text of its own around them or as a default. */
    public boolean isOnlyReferences() {
        for (TemplatePart part : parts) {
            if (part instanceof TemplatePart.Text) {
                return false;
            }
        }
        return !hasLiteralDefault();
    }

    /** The variables that {@link #evaluate} asks for, in order, and what becomes of each. */
    public List<Reference> references(Environment environment) {
        List<Reference> references = new ArrayList<>();
        for (TemplatePart part : parts) {
            if (!(part instanceof TemplatePart.Variable variable)) {
                continue;
            }
            Reference reference = Reference.of(variable, environment);
            references.add(reference);
            if (reference.state() == Reference.State.DEFAULTED && variable.fallback() != null) {
                references.addAll(variable.fallback().references(environment));
            }
        }
        return references;
    }

    /**
     * The template with a stand-in for each variable, set or not, and for defaults that hold text of their own.
     *
     * @param variable the stand-in, by the name of the variable
     */
    public String outline(Environment environment, UnaryOperator<String> variable) {
        StringBuilder out = new StringBuilder();
        for (TemplatePart part : parts) {
            if (part instanceof TemplatePart.Text text) {
                out.append(text.text());
                continue;
            }
            TemplatePart.Variable reference = (TemplatePart.Variable) part;
            Template fallback = reference.fallback();
            boolean defaulted = Reference.of(reference, environment).state() == Reference.State.DEFAULTED;
            if (defaulted && fallback != null && !fallback.hasText()) {
                out.append(fallback.outline(environment, variable));
            } else {
                out.append(variable.apply(reference.name()));
            }
        }
        return out.toString();
    }

    /** Puts the variables in. Missing ones are collected, not thrown. */
    public Evaluation evaluate(Environment environment) {
        if (parts.size() == 1 && parts.get(0) instanceof TemplatePart.Text text) {
            return Evaluation.of(text.text());
        }
        Collector collector = new Collector(environment);
        collector.add(this);
        return collector.result();
    }

    private boolean hasText() {
        for (TemplatePart part : parts) {
            if (part instanceof TemplatePart.Text text && !text.text().isBlank()) {
                return true;
            }
        }
        return hasLiteralDefault();
    }

    /** Walks the parts; only the branch that is taken. */
    private static final class Collector {

        private final Environment environment;
        private final StringBuilder out = new StringBuilder();
        private final List<Evaluation.Missing> missing = new ArrayList<>(0);
        private final List<String> trimmed = new ArrayList<>(0);

        Collector(Environment environment) {
            this.environment = environment;
        }

        void add(Template template) {
            for (TemplatePart part : template.parts) {
                if (part instanceof TemplatePart.Variable variable) {
                    add(variable);
                } else {
                    out.append(((TemplatePart.Text) part).text());
                }
            }
        }

        private void add(TemplatePart.Variable variable) {
            Optional<String> value = environment.get(variable.name());
            String kept = value.map(PastedValueCleanup::strip).orElse("");
            if (!kept.isEmpty()) {
                out.append(kept);
                if (kept.length() != value.orElse("").length()) {
                    trimmed.add(variable.name());
                }
                return;
            }
            if (variable.fallback() != null) {
                add(variable.fallback());
                return;
            }
            missing.add(new Evaluation.Missing(
                    variable.name(), variable.offset(), lack(value), Optional.ofNullable(variable.message())));
        }

        private static Evaluation.Lack lack(Optional<String> value) {
            if (value.isEmpty()) {
                return Evaluation.Lack.UNSET;
            }
            return value.get().isEmpty() ? Evaluation.Lack.EMPTY : Evaluation.Lack.BLANK;
        }

        Evaluation result() {
            return new Evaluation(out.toString(), missing, trimmed);
        }
    }
}
