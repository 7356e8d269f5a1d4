package dev.patchbay.internal.config.schema;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.secret.KeyRules;
import dev.patchbay.internal.config.template.PastedValueCleanup;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.internal.config.template.TemplateException;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks one definition, as it stands in its file, against the table. Not safe for use by several threads.
 */
public final class ShapeCheck {

    private static final int MAX_PROBLEMS = 50;

    /** A word, a number or a URL. */
    private static final Pattern VARIABLE =
            Pattern.compile("\\$[A-Za-z_][A-Za-z0-9_]*|\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:-]{0,119}");

    private final List<Diagnostic> problems = new ArrayList<>(0);
    private final Set<Node> bad = Collections.newSetFromMap(new IdentityHashMap<>(0));
    private final Set<String> meant = new HashSet<>(0);
    private final SecretCheck secrets;

    public ShapeCheck(Vocabulary vocabulary) {
        this.secrets = new SecretCheck(vocabulary, this);
    }

    /** What was found. */
    public List<Diagnostic> problems() {
        return problems;
    }

    /** The fields of a provider that an unknown key was probably meant to be. */
    public Set<String> meant() {
        return meant;
    }

    /** The values that cannot be used. */
    public Set<Node> bad() {
        return bad;
    }

    /** Checks a mapping against a record of the table. */
    public void check(Shape.Table shape, MapNode map) {
        record(shape, map, "", false);
    }

    /** Whether a secret with {@code command} has the right fields; what is wrong with them is reported. */
    boolean commandFields(MapNode map, String path) {
        int before = problems.size();
        record(ProviderFieldTable.COMMAND_FIELDS, map, path, false);
        return problems.size() == before && before < MAX_PROBLEMS;
    }

    void error(Node node, Code code, String message, String help) {
        add(node.error(code, message).help(help));
        bad.add(node);
    }

    void warn(Node node, Code code, String message, String help) {
        add(node.warning(code, message).help(help));
    }

    /** Reports two fields that are each right, but not together. */
    public void conflict(Node node, Code code, String message, String help) {
        error(node, code, message, help);
    }

    /** A definition with very many mistakes is none: the first ones say enough. */
    private void add(Diagnostic.Builder problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem.build());
        }
    }

    private void record(Shape.Table shape, MapNode map, String path, boolean substituted) {
        for (MapNode.Entry entry : map.entries()) {
            Field<?> field = shape.fields().get(entry.key().text());
            if (field != null) {
                field(field, entry, join(path, field.name()), substituted || field.isSubstituted());
            } else if (!shape.extensible() || !entry.key().text().startsWith("x-")) {
                unknown(shape, entry);
            }
        }
    }

    private void field(Field<?> field, MapNode.Entry entry, String path, boolean substituted) {
        if (field.isLater()) {
            bad.add(entry.value());
            add(entry.key()
                    .error(Code.NOT_SUPPORTED_YET, path + " is not supported yet")
                    .help("remove it; it is reserved for a later version"));
            return;
        }
        if (entry.value() instanceof ScalarNode scalar && scalar.isNull()) {
            if (field.isNullable()) {
                return;
            }
            error(entry.value(), Code.WRONG_TYPE, path + " has no value", "write " + field.example());
            return;
        }
        value(field.shape(), entry.value(), path, field.example(), substituted);
    }

    private void value(Shape shape, Node node, String path, String example, boolean substituted) {
        if (shape instanceof Shape.Scalar scalar && node instanceof ScalarNode text) {
            scalar(scalar, text, path, example, substituted);
        } else if (shape instanceof Shape.SecretForm) {
            secrets.check(node, path, example);
        } else if (shape instanceof Shape.ListOf list && node instanceof ListNode items) {
            list(list, items, path, example, substituted);
        } else if (shape instanceof Shape.MapOf mapping && node instanceof MapNode map) {
            mapping(mapping, map, path, example, substituted);
        } else if (shape instanceof Shape.Table fields && node instanceof MapNode map) {
            record(fields, map, path, substituted);
        } else if (shape instanceof Shape.Either either) {
            either(either, node, path, example, substituted);
        } else if (shape instanceof Shape.Anything) {
            if (substituted) {
                templates(node);
            }
        } else {
            wrongType(shape, node, path, example);
        }
    }

    private void either(Shape.Either either, Node node, String path, String example, boolean substituted) {
        Shape chosen = node instanceof ScalarNode
                ? either.scalar()
                : node instanceof ListNode ? either.list() : either.mapping();
        if (chosen == null) {
            wrongType(either, node, path, example);
            return;
        }
        boolean otherWord = chosen instanceof Shape.Scalar words
                && !words.allowed().isEmpty()
                && !words.allowed().contains(((ScalarNode) node).text());
        if (otherWord) {
            error(node, Code.BAD_VALUE, path + " must be " + either.words(), "write " + example);
            return;
        }
        value(chosen, node, path, example, substituted);
    }

    private void wrongType(Shape shape, Node node, String path, String example) {
        error(node, Code.WRONG_TYPE, path + " must be " + shape.words() + ", not " + node.kind(), "write " + example);
    }

    private void list(Shape.ListOf shape, ListNode list, String path, String example, boolean substituted) {
        Set<String> seen = new HashSet<>();
        for (Node item : list.items()) {
            if (item instanceof ScalarNode scalar && scalar.isNull() && !(shape.item() instanceof Shape.Anything)) {
                error(item, Code.WRONG_TYPE, "an entry of " + path + " has no value", "write " + example);
                continue;
            }
            value(shape.item(), item, path, example, substituted);
            if (shape.unique() && item instanceof ScalarNode scalar && !seen.add(scalar.text())) {
                error(item, Code.DUPLICATE_KEY, scalar.text() + " is in the list already", "keep one of the two");
            }
        }
    }

    private void mapping(Shape.MapOf shape, MapNode map, String path, String example, boolean substituted) {
        Set<String> headers = shape.keys() == KeyType.HEADER ? new HashSet<>() : null;
        for (MapNode.Entry entry : map.entries()) {
            ScalarNode key = entry.key();
            if (headers != null && !headers.add(key.text().toLowerCase(Locale.ROOT))) {
                error(key, Code.DUPLICATE_KEY, "the header " + key.text() + " is there already", "keep one of the two");
            }
            KeyCheck.problem(shape.keys(), key.text(), path).ifPresent(problem -> {
                error(key, problem.code(), problem.message(), problem.help());
                bad.add(entry.value());
            });
            boolean removal = entry.value() instanceof ScalarNode scalar && scalar.isNull();
            if (!removal) {
                String below = join(path, key.text());
                value(shape.value(), entry.value(), below, example, substituted);
                credential(shape.keys(), entry, below);
            }
        }
    }

    private void credential(KeyType keys, MapNode.Entry entry, String path) {
        if (entry.value() instanceof ScalarNode scalar && keys.isCredential(entry)) {
            secrets.check(scalar, path, path + ": $NAME");
        } else if (keys == KeyType.BODY_PATH) {
            credentialsIn(entry.value(), path);
        }
    }

    /** A value of a body is as deep as it likes. */
    private void credentialsIn(Node node, String path) {
        if (node instanceof MapNode map) {
            for (MapNode.Entry entry : map.entries()) {
                credential(KeyType.BODY_PATH, entry, join(path, entry.key().text()));
            }
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> credentialsIn(item, path));
        } else if (KeyType.looksLikeKey(node)) {
            secrets.check(node, path, path + ": $NAME");
        }
    }

    private void scalar(Shape.Scalar shape, ScalarNode node, String path, String example, boolean substituted) {
        if (node.isNull()) {
            error(node, Code.WRONG_TYPE, path + " has no value", "write " + example);
            return;
        }
        if (shape.type() == ScalarType.PROXY) {
            ProxyCheck.check(node, path, this);
            return;
        }
        String text = node.text();
        Optional<String> key = shape.type().isUrl() ? UrlRules.keyVariable(text) : Optional.empty();
        if (key.isPresent()) {
            error(
                    node,
                    Code.USER_INFO,
                    path + ": a URL holds no key, as " + key.get() + " seems to be: it is printed in messages",
                    "name the key in auth, apiKey, headers or query");
            return;
        }
        if (substituted) {
            Template template = template(node);
            if (template == null || !template.isConstant()) {
                return;
            }
            text = template.evaluate(name -> Optional.empty()).text();
        }
        text = shape.type().isTrimmed() ? PastedValueCleanup.strip(text) : text;
        ScalarCheck.Problem problem = ScalarCheck.problem(shape, text, path);
        if (problem != null) {
            String help = problem.help().isEmpty() ? "write " + example : problem.help();
            error(node, problem.code(), problem.message(), help);
        }
    }

    /** The template of a value; null if it is none, which has been reported. */
    @Nullable Template template(ScalarNode node) {
        try {
            Template template = Template.parse(node.text());
            if (KeyRules.namesKey(node.text())) {
                LiteralKey.behindDollar(node, this);
                return null;
            }
            return template;
        } catch (TemplateException e) {
            Code code = e.isForeign() ? Code.FOREIGN_REFERENCE : Code.REFERENCE_SYNTAX;
            add(ReferencePositions.at(node, e.offset()).error(code, e.problem()).help(e.help()));
            bad.add(node);
            return null;
        }
    }

    private void templates(Node node) {
        if (node instanceof ScalarNode scalar) {
            template(scalar);
        } else if (node instanceof ListNode list) {
            list.items().forEach(this::templates);
        } else if (node instanceof MapNode map) {
            map.entries().forEach(entry -> templates(entry.value()));
        }
    }

    private void unknown(Shape.Table shape, MapNode.Entry entry) {
        ScalarNode key = entry.key();
        bad.add(entry.value());
        Optional<Field<?>> field = Suggestions.find(shape, key.text());
        Optional<String> parameter = field.isPresent() ? Optional.empty() : Suggestions.parameter(shape, key.text());
        if (parameter.isPresent()) {
            add(key.error(
                            Code.UNKNOWN_KEY,
                            key.text() + " is not a key of " + shape.title() + "; did you mean body.default?")
                    .help("write body: {default: {" + parameter.get() + ": "
                            + own(entry.value()).orElse("…") + "}}"));
            return;
        }
        if (shape.equals(ProviderFieldTable.PROVIDER)) {
            field.map(Field::name).ifPresent(meant::add);
        }
        String question =
                field.map(known -> "; did you mean " + known.name() + "?").orElse("");
        String help = field.map(known -> "write " + example(known, entry.value()))
                .orElseGet(() -> "keys of " + shape.title() + ": "
                        + String.join(", ", shape.fields().keySet()));
        add(key.error(Code.UNKNOWN_KEY, key.text() + " is not a key of " + shape.title() + question)
                .help(help));
    }

    /** With the value that is there, where it is one of this field; else with one that could be. */
    private static String example(Field<?> field, Node value) {
        if (field.shape() instanceof Shape.SecretForm
                && value instanceof ScalarNode scalar
                && VARIABLE.matcher(scalar.text()).matches()
                && !KeyRules.namesPartOfKey(scalar.text())) {
            return field.name() + ": " + scalar.text();
        }
        return own(value)
                .filter(text -> field.shape() instanceof Shape.Scalar scalar
                        && ScalarCheck.problem(scalar, text, field.name()) == null)
                .map(text -> field.name() + ": " + text)
                .orElse(field.example());
    }

    /** A value that can be repeated as it stands: short, and no mark of YAML in it. */
    private static Optional<String> own(Node value) {
        return value instanceof ScalarNode scalar
                        && !scalar.isNull()
                        && PLAIN.matcher(scalar.text()).matches()
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
