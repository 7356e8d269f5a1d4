package dev.patchbay.internal.config.schema;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.config.secret.KeyRules;
import dev.patchbay.internal.config.template.PastedValueCleanup;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.List;
import java.util.Optional;

/** Checks the forms of a secret: {@code $NAME}, {@code {env: NAME}}, {@code {file: PATH}}, {@code {command: [argv…]}} and
 * those that plugins add. */
final class SecretCheck {

    private static final String FORM = "write $NAME, with the key in the variable NAME";
    private static final String EXAMPLE = "{command: [corp-auth, print-token]}";
    private static final String COMMAND = SecretFormName.COMMAND;

    private final Vocabulary vocabulary;
    private final ShapeCheck check;

    SecretCheck(Vocabulary vocabulary, ShapeCheck check) {
        this.vocabulary = vocabulary;
        this.check = check;
    }

    void check(Node node, String path, String example) {
        if (node instanceof ScalarNode scalar) {
            scalar(scalar, path, example);
        } else if (node instanceof MapNode map) {
            form(map, path);
        } else {
            check.error(node, Code.SECRET_FORM, path + " must be a secret, not " + node.kind(), FORM);
        }
    }

    private void scalar(ScalarNode node, String path, String example) {
        if (node.isNull() || node.text().isBlank()) {
            check.error(node, Code.WRONG_TYPE, path + " has no value", "write " + example);
            return;
        }
        Template template = check.template(node);
        if (template == null) {
            return;
        }
        if (KeyRules.namesPartOfKey(node.text())) {
            LiteralKey.behindDollar(node, check);
            return;
        }
        LiteralKey.maskIn(node, template);
        Optional<KeyRules.Problem> name = template.isConstant()
                ? KeyRules.problem(PastedValueCleanup.strip(node.text()))
                        .filter(problem -> problem.code() == Code.PLACEHOLDER_KEY)
                : Optional.empty();
        if (name.isPresent()) {
            check.error(
                    node,
                    name.get().code(),
                    path + " " + name.get().words(),
                    name.get().help());
        } else if (template.isConstant() || template.hasLiteralDefault()) {
            LiteralKey.check(node, path + " is a key", check);
        }
    }

    private void form(MapNode map, String path) {
        if (map.entries().isEmpty()) {
            check.error(map, Code.SECRET_FORM, path + " is an empty mapping", FORM);
            return;
        }
        MapNode.Entry first = map.entries().get(0);
        String form = first.key().text();
        if (form.startsWith("env:") && first.value() instanceof ScalarNode scalar && scalar.isNull()) {
            check.error(
                    map,
                    Code.FOREIGN_REFERENCE,
                    "{env:…} is how another tool refers to a variable",
                    "write $" + form.substring("env:".length()));
            return;
        }
        if (map.has(COMMAND)) {
            command(map, path);
            return;
        }
        if (!SecretFormName.WITH_TEXT.contains(form)
                && !vocabulary.secretSchemes().contains(form)) {
            check.error(
                    first.key(),
                    Code.SECRET_FORM,
                    printable(first, "what stands in the braces") + " is not a form of a secret",
                    FORM + "; forms are " + forms());
            maskValues(map.entries());
            check.bad().add(map);
            return;
        }
        reference(map, first, path);
    }

    /** Arguments are masked where the line is quoted: some people write keys there. */
    private void command(MapNode map, String path) {
        Node argv = map.get(COMMAND).orElseThrow();
        List<Node> items = argv instanceof ListNode list ? list.items() : List.of();
        items.stream().skip(1).forEach(Node::maskInQuotes);
        boolean program = !items.isEmpty()
                && items.get(0) instanceof ScalarNode first
                && !first.text().isBlank();
        boolean right = check.commandFields(map, path);
        for (Node item : items) {
            if (item instanceof ScalarNode text && text.text().indexOf('\0') >= 0) {
                check.error(item, Code.BAD_FILE_NAME, "no argument can hold the character 0", "write " + EXAMPLE);
                right = false;
            }
        }
        if (right && !program) {
            check.error(argv, Code.SECRET_FORM, path + ".command names no program", "write " + EXAMPLE);
        }
        if (!right || !program) {
            check.bad().add(map);
        }
    }

    private void reference(MapNode map, MapNode.Entry first, String path) {
        // What stands beside a plugin's own form is checked by what its source declares.
        if (map.entries().size() > 1
                && SecretFormName.WITH_TEXT.contains(first.key().text())) {
            MapNode.Entry second = map.entries().get(1);
            String name = printable(second, "the second entry");
            maskValues(map.entries().subList(1, map.entries().size()));
            check.error(second.key(), Code.UNKNOWN_KEY, name + " does not belong to the secret", FORM);
            check.bad().add(map);
            return;
        }
        boolean isText = first.value() instanceof ScalarNode scalar
                && !scalar.isNull()
                && !scalar.text().isBlank();
        if (!isText) {
            check.error(
                    first.value(), Code.SECRET_FORM, path + "." + first.key().text() + " must be a text", FORM);
            check.bad().add(map);
            return;
        }
        String name = ((ScalarNode) first.value()).text();
        if (first.key().text().equals(SecretFormName.FILE) && name.indexOf('\0') >= 0) {
            check.error(first.value(), Code.SECRET_FORM, path + ".file must be a path", "write {file: /path/to/key}");
            check.bad().add(map);
            return;
        }
        if (first.key().text().equals(SecretFormName.ENV) && KeyRules.isKeyInPlaceOfVariable(name)) {
            LiteralKey.behindDollar((ScalarNode) first.value(), check);
            check.bad().add(map);
            return;
        }
        if (first.key().text().equals(SecretFormName.ENV) && !isName(name)) {
            if (!name.startsWith("$")) {
                first.value().maskInQuotes();
            }
            check.error(
                    first.value(),
                    Code.SECRET_FORM,
                    path + ".env must be the name of a variable",
                    "write {env: NAME}, without $");
            check.bad().add(map);
        }
    }

    /** The key of an entry; where it may be a secret, it is masked and called something else. */
    private static String printable(MapNode.Entry entry, String otherwise) {
        if (SecretFormName.isPrintable(entry)) {
            return entry.key().text();
        }
        entry.key().maskInQuotes();
        return otherwise;
    }

    /** What stands in a form that there is not may be the key itself. */
    private static void maskValues(List<MapNode.Entry> entries) {
        for (MapNode.Entry entry : entries) {
            if (!(entry.value() instanceof ScalarNode scalar) || !scalar.text().startsWith("$")) {
                entry.value().maskInQuotes();
            }
        }
    }

    private static boolean isName(String name) {
        boolean first = Character.isLetter(name.charAt(0)) || name.charAt(0) == '_';
        return first && name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    }

    private String forms() {
        return vocabulary.secretSchemes().isEmpty()
                ? "$NAME, {env: NAME}, {file: PATH} and {command: [argv…]}"
                : "$NAME, {env: NAME}, {file: PATH}, {command: [argv…]} and those of plugins: "
                        + String.join(", ", vocabulary.secretSchemes());
    }
}
