package dev.patchbay.config.explain;

import dev.patchbay.config.schema.Numbers;
import dev.patchbay.config.schema.ProxyCheck;
import dev.patchbay.config.schema.ProxyText;
import dev.patchbay.config.template.Environment;
import dev.patchbay.config.template.Evaluation;
import dev.patchbay.config.template.Reference;
import dev.patchbay.config.template.Template;
import dev.patchbay.config.template.TemplateException;
import dev.patchbay.config.tree.ListNode;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes values for people: variables put in, secrets as the references to them. */
final class ValueText {

    private static final String LITERAL = "(a key written into the file)";

    private final Environment environment;

    ValueText(Environment environment) {
        this.environment = environment;
    }

    Shown of(Tree.Found found) {
        return of(found.path(), found.node());
    }

    private Shown of(List<String> path, Node node) {
        if (Fields.isSecretForm(path) && node instanceof MapNode map) {
            return form(map);
        }
        if (node instanceof MapNode map) {
            return mapping(path, map);
        }
        if (node instanceof ListNode list) {
            return list(path, list);
        }
        return scalar(path, (ScalarNode) node);
    }

    private Shown scalar(List<String> path, ScalarNode node) {
        if (node.isNull()) {
            return Shown.plain(null);
        }
        Optional<Template> template = template(path, node);
        if (template.isEmpty()) {
            return Shown.plain(typed(path, node, node.text()));
        }
        if (Fields.isSecretForm(path)) {
            return key(node, template.get());
        }
        if (Fields.isProxy(path)) {
            return proxy(node, template.get());
        }
        boolean constant = template.get().isConstant();
        if (constant && Fields.isCredential(path)) {
            return Shown.secret(LITERAL, List.of());
        }
        if (!constant && Fields.isSecretWithReference(path)) {
            return whole(path, node, template.get());
        }
        return substituted(path, node, template.get());
    }

    private static Optional<Template> template(List<String> path, ScalarNode node) {
        if (!Fields.isSubstituted(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Template.parse(node.text()));
        } catch (TemplateException e) {
            // Reported where the value is checked; as it stands it is no reference.
            return Optional.empty();
        }
    }

    private Shown key(ScalarNode node, Template template) {
        if (template.isConstant()) {
            return Shown.secret(LITERAL, List.of());
        }
        String shown = template.isOnlyReferences() ? node.text() : reference(template);
        return Shown.secret(shown, template.references(environment));
    }

    /** Variables stay as they are: what one of them holds may be the password, or have it in it. */
    private Shown proxy(ScalarNode node, Template template) {
        ProxyText text = ProxyText.of(node.text());
        if (template.isConstant() && !text.hasUserInfo()) {
            return Shown.plain(node.text());
        }
        if (!ProxyCheck.holdsPassword(text, template)) {
            return Shown.secret(node.text(), template.references(environment));
        }
        return Shown.secret(text.hasUserInfo() ? text.masked() : reference(template), template.references(environment));
    }

    /** A text with a key somewhere in it; what stands around the reference is no secret, but a default may be. */
    private Shown whole(List<String> path, ScalarNode node, Template template) {
        String shown = template.hasLiteralDefault() ? reference(template) : Masks.named(path, node.text());
        return Shown.secret(shown, template.references(environment));
    }

    private Shown substituted(List<String> path, ScalarNode node, Template template) {
        Evaluation value = template.evaluate(environment);
        List<Reference> variables = template.references(environment);
        String written = Masks.named(path, node.text());
        if (!value.isComplete()) {
            return new Shown(written, false, Optional.empty(), variables);
        }
        String text = variables.isEmpty() ? Masks.named(path, value.text()) : Masks.url(value.text());
        return new Shown(
                typed(path, node, text), false, Optional.of(written).filter(other -> !other.equals(text)), variables);
    }

    /** A number, {@code true} or {@code false} where the field may hold one. */
    private static Object typed(List<String> path, ScalarNode node, String text) {
        if (!node.isPlain() || !Fields.isTyped(path)) {
            return text;
        }
        boolean truth = text.equals("true") || text.equals("false");
        return truth
                ? (Object) text.equals("true")
                : Numbers.decimal(text).<Object>map(number -> number).orElse(text);
    }

    private static String reference(Template template) {
        return template.firstVariable().map(name -> "$" + name).orElse(LITERAL);
    }

    /** {@code {env: NAME}}, {@code {file: PATH}}, {@code {command: [argv…]}} and those of plugins; arguments may be keys. */
    private Shown form(MapNode map) {
        if (map.get("command").orElse(null) instanceof ListNode argv) {
            String program = argv.items().isEmpty() ? "" : text(argv.items().get(0));
            return Shown.secret("command:" + program, List.of());
        }
        if (map.entries().isEmpty()) {
            return Shown.secret("{}", List.of());
        }
        MapNode.Entry form = map.entries().get(0);
        String name = text(form.value());
        if (form.key().text().equals("env")) {
            return Shown.secret("$" + name, Template.variable(name).references(environment));
        }
        return Shown.secret(form.key().text() + ":" + name, List.of());
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.text() : node.kind();
    }

    private Shown mapping(List<String> path, MapNode map) {
        Parts parts = new Parts();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (MapNode.Entry entry : map.entries()) {
            List<String> below = new ArrayList<>(path);
            below.add(entry.key().text());
            members.put(entry.key().text(), parts.add(of(below, entry.value())));
        }
        return parts.shown(members);
    }

    private Shown list(List<String> path, ListNode list) {
        Parts parts = new Parts();
        List<@Nullable Object> items = new ArrayList<>();
        list.items().forEach(item -> items.add(parts.add(of(path, item))));
        return parts.shown(items);
    }

    /** What is known of the parts of a value. */
    private static final class Parts {

        private final List<Reference> variables = new ArrayList<>(0);
        private boolean secret;

        @Nullable Object add(Shown part) {
            variables.addAll(part.variables());
            secret |= part.secret();
            return part.data();
        }

        Shown shown(Object data) {
            return new Shown(data, secret, Optional.empty(), variables);
        }
    }
}
