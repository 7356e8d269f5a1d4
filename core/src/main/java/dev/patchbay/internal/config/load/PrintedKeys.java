package dev.patchbay.internal.config.load;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.schema.FieldPlace;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.ProxyText;
import dev.patchbay.internal.config.schema.SecretFormName;
import dev.patchbay.internal.config.secret.KeyRules;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.template.Reference;
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
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes out, and reports, what would print a key: the host of a URL, the name of a file and whatever else is no secret may hold
 * variables, but none that is a key elsewhere, and none in which such a key stands (provider-files.md, section 4).
 */
public final class PrintedKeys {

    private static final String OPTIONS = ProviderFieldTable.OPTIONS.name();

    private final Environment environment;
    private final Supplier<Set<String>> options;
    private final Set<String> keys = new TreeSet<>();

    private @Nullable Set<String> secretOptions;

    private PrintedKeys(Environment environment, Supplier<Set<String>> options) {
        this.environment = environment;
        this.options = options;
    }

    /**
     * The definitions without such values.
     *
     * @param secretOptions the names of the options of plugins that are secrets; asked for where there are options
     */
    public static List<RawDefinition> removeFrom(
            List<RawDefinition> definitions, Environment environment, Supplier<Set<String>> secretOptions) {
        PrintedKeys printed = new PrintedKeys(environment, secretOptions);
        definitions.forEach(definition -> printed.collect(List.of(), definition.body()));
        return printed.keys.isEmpty()
                ? definitions
                : definitions.stream().map(printed::without).toList();
    }

    private void collect(List<String> path, Node node) {
        FieldPlace place = FieldPlace.of(path);
        if (place.isSecretForm(node) || place.isCredential() || isSecretOption(path)) {
            keysIn(node);
        } else if (node instanceof MapNode map) {
            map.entries().forEach(entry -> collect(below(path, entry), entry.value()));
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> collect(path, item));
        } else if (place.isProxy()) {
            keys.addAll(variables(ProxyText.of(((ScalarNode) node).text()).userInfo()));
        }
    }

    private boolean isSecretOption(List<String> path) {
        if (path.size() != 2 || !path.get(0).equals(OPTIONS)) {
            return false;
        }
        Set<String> secret = secretOptions;
        if (secret == null) {
            secret = options.get();
            secretOptions = secret;
        }
        return secret.contains(path.get(1));
    }

    private void keysIn(Node node) {
        if (node instanceof ScalarNode scalar) {
            keys.addAll(variables(scalar.text()));
        } else if (node instanceof ListNode list) {
            list.items().forEach(this::keysIn);
        } else if (node instanceof MapNode map) {
            map.get(SecretFormName.ENV)
                    .filter(ScalarNode.class::isInstance)
                    .ifPresent(name -> keys.add(((ScalarNode) name).text()));
            map.entries().forEach(entry -> keysIn(entry.value()));
        }
    }

    private RawDefinition without(RawDefinition definition) {
        Set<Node> bad = Collections.newSetFromMap(new IdentityHashMap<>(0));
        List<Diagnostic> problems = new ArrayList<>(0);
        find(List.of(), definition.body(), bad, problems);
        if (bad.isEmpty()) {
            return definition;
        }
        problems.addAll(0, definition.problems());
        Set<String> damaged = new HashSet<>(definition.damaged());
        damaged.addAll(InvalidValuePruner.damaged(bad, definition.body()));
        return new RawDefinition(
                definition.key(), (MapNode) InvalidValuePruner.without(bad, definition.body()), problems, damaged);
    }

    private void find(List<String> path, Node node, Set<Node> bad, List<Diagnostic> problems) {
        FieldPlace place = FieldPlace.of(path);
        if (!place.isPrinted(node) || isSecretOption(path)) {
            return;
        }
        if (node instanceof MapNode map) {
            map.entries().forEach(entry -> find(below(path, entry), entry.value(), bad, problems));
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> find(path, item, bad, problems));
        } else {
            ScalarNode scalar = (ScalarNode) node;
            String text = place.isProxy() ? ProxyText.of(scalar.text()).server() : scalar.text();
            String key = place.isSubstituted() ? keyIn(text) : null;
            if (key != null) {
                bad.add(node);
                problems.add(node.error(
                                Code.USER_INFO,
                                String.join(".", path) + " is printed in messages, and would hold the key of " + key)
                        .help("name the key in auth, apiKey, headers or query")
                        .build());
            }
        }
    }

    /** The variable whose key a value would show: one that it names, or one whose content stands in what it names. */
    private @Nullable String keyIn(String text) {
        Set<String> named = variables(text);
        if (named.isEmpty()) {
            return null;
        }
        String shown = template(text)
                .map(whole -> whole.evaluate(environment).text())
                .orElse("")
                .toLowerCase(Locale.ROOT);
        for (String key : keys) {
            boolean held = environment
                    .get(key)
                    .map(value -> value.strip().toLowerCase(Locale.ROOT))
                    .filter(value -> !KeyRules.isShort(value) && shown.contains(value))
                    .isPresent();
            if (held || named.contains(key)) {
                return key;
            }
        }
        return null;
    }

    /** Those that are set: of others their definition says what is missing. */
    private Set<String> variables(String text) {
        Set<String> names = new HashSet<>(0);
        if (text.indexOf('$') >= 0) {
            template(text).ifPresent(whole -> {
                for (Reference reference : whole.references(environment)) {
                    if (reference.state() == Reference.State.SET) {
                        names.add(reference.name());
                    }
                }
            });
        }
        return names;
    }

    /** Empty for what is none, which is reported where its shape is checked. */
    private static Optional<Template> template(String text) {
        try {
            return Optional.of(Template.parse(text));
        } catch (TemplateException e) {
            return Optional.empty();
        }
    }

    private static List<String> below(List<String> path, MapNode.Entry entry) {
        List<String> longer = new ArrayList<>(path);
        longer.add(entry.key().text());
        return longer;
    }
}
