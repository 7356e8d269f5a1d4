package dev.patchbay.workbench.explain;

import dev.patchbay.internal.config.schema.FieldPlace;
import dev.patchbay.internal.config.schema.NumberSyntax;
import dev.patchbay.internal.config.schema.ProxyCheck;
import dev.patchbay.internal.config.schema.ProxyText;
import dev.patchbay.internal.config.schema.SecretFormName;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.template.Evaluation;
import dev.patchbay.internal.config.template.Reference;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.internal.config.template.TemplateException;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
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

    DisplayedValue of(ValueTree.Found found) {
        return of(found.path(), found.node());
    }

    private DisplayedValue of(List<String> path, Node node) {
        if (node instanceof MapNode map && FieldPlace.of(path).isSecretForm(node)) {
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

    private DisplayedValue scalar(List<String> path, ScalarNode node) {
        if (node.isNull()) {
            return DisplayedValue.plain(null);
        }
        FieldPlace place = FieldPlace.of(path);
        Optional<Template> template = template(place, node);
        if (template.isEmpty()) {
            return DisplayedValue.plain(typed(place, node, node.text()));
        }
        if (place.isSecretForm(node)) {
            return key(node, template.get());
        }
        if (place.isProxy()) {
            return proxy(node, template.get());
        }
        boolean constant = template.get().isConstant();
        if (constant && place.isCredential()) {
            return DisplayedValue.secret(LITERAL, List.of());
        }
        if (!constant && place.isSecretWithReference(node)) {
            return whole(path, node, template.get());
        }
        return substituted(path, node, template.get());
    }

    private static Optional<Template> template(FieldPlace place, ScalarNode node) {
        if (!place.isSubstituted()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Template.parse(node.text()));
        } catch (TemplateException e) {
            // Reported where the value is checked; as it stands it is no reference.
            return Optional.empty();
        }
    }

    private DisplayedValue key(ScalarNode node, Template template) {
        if (template.isConstant()) {
            return DisplayedValue.secret(LITERAL, List.of());
        }
        String shown = template.isOnlyReferences() ? node.text() : reference(template);
        return DisplayedValue.secret(shown, template.references(environment));
    }

    /** Variables stay as they are: what one of them holds may be the password, or have it in it. */
    private DisplayedValue proxy(ScalarNode node, Template template) {
        ProxyText text = ProxyText.of(node.text());
        if (template.isConstant() && !text.hasUserInfo()) {
            return DisplayedValue.plain(node.text());
        }
        if (!ProxyCheck.holdsPassword(text, template)) {
            return DisplayedValue.secret(node.text(), template.references(environment));
        }
        return DisplayedValue.secret(
                text.hasUserInfo() ? text.masked() : reference(template), template.references(environment));
    }

    /** A text with a key somewhere in it; what stands around the reference is no secret, but a default may be. */
    private DisplayedValue whole(List<String> path, ScalarNode node, Template template) {
        String shown = template.hasLiteralDefault() ? reference(template) : KeyMasks.named(path, node.text());
        return DisplayedValue.secret(shown, template.references(environment));
    }

    private DisplayedValue substituted(List<String> path, ScalarNode node, Template template) {
        Evaluation value = template.evaluate(environment);
        List<Reference> variables = template.references(environment);
        String written = KeyMasks.named(path, node.text());
        if (!value.isComplete()) {
            return new DisplayedValue(written, false, Optional.empty(), variables);
        }
        String text = variables.isEmpty() ? KeyMasks.named(path, value.text()) : KeyMasks.url(value.text());
        return new DisplayedValue(
                typed(FieldPlace.of(path), node, text),
                false,
                Optional.of(written).filter(other -> !other.equals(text)),
                variables);
    }

    /** A number, {@code true} or {@code false} where the field may hold one. */
    private static Object typed(FieldPlace place, ScalarNode node, String text) {
        if (!node.isPlain() || !place.isTyped(node)) {
            return text;
        }
        boolean truth = text.equals("true") || text.equals("false");
        return truth
                ? (Object) text.equals("true")
                : NumberSyntax.decimal(text).<Object>map(number -> number).orElse(text);
    }

    private static String reference(Template template) {
        return template.firstVariable().map(name -> "$" + name).orElse(LITERAL);
    }

    /** {@code {env: NAME}}, {@code {file: PATH}}, {@code {command: [argv…]}} and those of plugins; arguments may be keys. */
    private DisplayedValue form(MapNode map) {
        if (map.get("command").orElse(null) instanceof ListNode argv) {
            String program = argv.items().isEmpty() ? "" : text(argv.items().get(0));
            return DisplayedValue.secret("command:" + program, List.of());
        }
        if (map.entries().isEmpty()) {
            return DisplayedValue.secret("{}", List.of());
        }
        MapNode.Entry form = map.entries().get(0);
        String name = text(form.value());
        if (form.key().text().equals("env")) {
            return DisplayedValue.secret("$" + name, Template.variable(name).references(environment));
        }
        String shown = SecretFormName.isPrintable(form) ? form.key().text() + ":" + name : LITERAL;
        return DisplayedValue.secret(shown, List.of());
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.text() : node.kind();
    }

    private DisplayedValue mapping(List<String> path, MapNode map) {
        Parts parts = new Parts();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (MapNode.Entry entry : map.entries()) {
            List<String> below = new ArrayList<>(path);
            below.add(entry.key().text());
            members.put(entry.key().text(), parts.add(of(below, entry.value())));
        }
        return parts.shown(members);
    }

    private DisplayedValue list(List<String> path, ListNode list) {
        Parts parts = new Parts();
        List<@Nullable Object> items = new ArrayList<>();
        list.items().forEach(item -> items.add(parts.add(of(path, item))));
        return parts.shown(items);
    }

    /** What is known of the parts of a value. */
    private static final class Parts {

        private final List<Reference> variables = new ArrayList<>(0);
        private boolean secret;

        @Nullable Object add(DisplayedValue part) {
            variables.addAll(part.variables());
            secret |= part.secret();
            return part.data();
        }

        DisplayedValue shown(Object data) {
            return new DisplayedValue(data, secret, Optional.empty(), variables);
        }
    }
}
