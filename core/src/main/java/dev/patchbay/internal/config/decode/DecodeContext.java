package dev.patchbay.internal.config.decode;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.ScalarCheck;
import dev.patchbay.internal.config.schema.ScalarType;
import dev.patchbay.internal.config.schema.Shape;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.template.Evaluation;
import dev.patchbay.internal.config.template.PastedValueCleanup;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.internal.config.template.TemplateException;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the decoders of one definition share: the environment, the plugins, and what is wrong so far. */
final class DecodeContext {

    private final String id;
    private final Environment environment;
    private final PluginParts plugins;
    private final Set<String> damaged;
    private final List<Diagnostic> problems = new ArrayList<>(0);
    private final List<Unset> unset = new ArrayList<>(0);
    private boolean invalid;
    private boolean incomplete;

    DecodeContext(String id, Environment environment, PluginParts plugins, Set<String> damaged) {
        this.id = id;
        this.environment = environment;
        this.plugins = plugins;
        this.damaged = damaged;
    }

    String id() {
        return id;
    }

    Environment environment() {
        return environment;
    }

    PluginParts plugins() {
        return plugins;
    }

    /** Whether something of a field was taken out because it cannot be used. */
    boolean isDamaged(Field<?> field) {
        return damaged.contains(field.name());
    }

    List<Diagnostic> problems() {
        return problems;
    }

    List<Unset> unset() {
        return unset;
    }

    /** Whether the definition is to be quarantined. */
    boolean isInvalid() {
        return invalid;
    }

    /** Whether there is no definition to show, though it may only lack a variable. */
    boolean isIncomplete() {
        return invalid || incomplete;
    }

    /** Reports an error in what the file says. */
    void error(Diagnostic.Builder problem) {
        problems.add(problem.build());
        invalid = true;
    }

    /** Reports that a credential is missing or cannot be used: the definition itself is right. */
    void unavailable(Diagnostic.Builder problem) {
        problems.add(problem.build());
    }

    /** Reports that something else than a credential is missing: without it there is no definition. */
    void missing(Diagnostic.Builder problem) {
        problems.add(problem.build());
        incomplete = true;
    }

    void warn(Diagnostic.Builder problem) {
        problems.add(problem.build());
    }

    /** The template of a value; the shape is checked already. */
    static Template template(ScalarNode node) {
        return template(node, node.text());
    }

    /** The template of a part of a value. */
    static Template template(ScalarNode node, String part) {
        try {
            return Template.parse(part);
        } catch (TemplateException e) {
            throw new IllegalStateException("the value at " + node.location() + " was not checked", e);
        }
    }

    /** The template of a value without what copying leaves around it, which is noted (provider-files.md, section 3, rule 6). */
    Template trimmed(ScalarNode node) {
        String kept = PastedValueCleanup.strip(node.text());
        if (kept.length() != node.text().length()) {
            warn(node.warning(Code.KEY_TRIMMED, "the value has white space around it, which is left out")
                    .help("remove it, or what looks like nothing at the ends"));
        }
        return template(node, kept);
    }

    /** The value with its variables put in; null if one is missing, which is noted. */
    @Nullable String text(ScalarNode node) {
        return text(node, template(node));
    }

    private @Nullable String text(ScalarNode node, Template template) {
        Evaluation value = template.evaluate(environment);
        note(node, value, false);
        return value.isComplete() ? value.text() : null;
    }

    /** The same, checked against the type; null also if it is not of it, which is reported. */
    @Nullable String text(ScalarNode node, ScalarType type, String path) {
        String text = text(node, type.isTrimmed() ? trimmed(node) : template(node));
        if (text == null) {
            return null;
        }
        ScalarCheck.Problem problem = ScalarCheck.problem(new Shape.Scalar(type, List.of()), text, path);
        if (problem == null) {
            return text;
        }
        error(node.error(problem.code(), problem.message()).help(problem.help()));
        return null;
    }

    /** Notes which variables are missing, and which have white space around them. */
    void note(ScalarNode node, Evaluation value, boolean credential) {
        for (Evaluation.Missing missing : value.missing()) {
            unset.add(new Unset(node, missing));
            incomplete |= !credential;
        }
        for (String name : value.trimmed()) {
            warn(node.warning(
                            Code.KEY_TRIMMED, "the value of " + name + " has white space around it, which is left out")
                    .help("set " + name + " without it"));
        }
    }

    static @Nullable ScalarNode scalar(@Nullable Node node) {
        return node instanceof ScalarNode scalar && !scalar.isNull() ? scalar : null;
    }

    /** A variable that is not set. */
    record Unset(ScalarNode node, Evaluation.Missing missing) {}
}
