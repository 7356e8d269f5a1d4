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
        for (RawDefinition definition : definitions) {
            printed.collect(Place.PROVIDER, definition.body());
        }
        return printed.keys.isEmpty()
                ? definitions
                : definitions.stream().map(printed::without).toList();
    }

    private void collect(Place place, Node node) {
        if (place.field().isSecretForm(node) || place.field().isCredential() || isSecretOption(place)) {
            keysIn(node);
        } else if (node instanceof MapNode map) {
            for (MapNode.Entry entry : map.entries()) {
                if (mayRefer(entry.value())) {
                    collect(place.below(entry), entry.value());
                }
            }
        } else if (node instanceof ListNode list) {
            for (Node item : list.items()) {
                collect(place, item);
            }
        } else if (place.field().isProxy()) {
            keys.addAll(variables(ProxyText.of(((ScalarNode) node).text()).userInfo()));
        }
    }

    /** Most values are texts without a variable, in which there is nothing to find. */
    private static boolean mayRefer(Node node) {
        return !(node instanceof ScalarNode scalar) || scalar.text().indexOf('$') >= 0;
    }

    private boolean isSecretOption(Place place) {
        if (!place.isOption()) {
            return false;
        }
        Set<String> secret = secretOptions;
        if (secret == null) {
            secret = options.get();
            secretOptions = secret;
        }
        return secret.contains(place.key());
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
        find(Place.PROVIDER, definition.body(), bad, problems);
        if (bad.isEmpty()) {
            return definition;
        }
        problems.addAll(0, definition.problems());
        Set<String> damaged = new HashSet<>(definition.damaged());
        damaged.addAll(InvalidValuePruner.damaged(bad, definition.body()));
        return new RawDefinition(
                definition.key(), (MapNode) InvalidValuePruner.without(bad, definition.body()), problems, damaged);
    }

    private void find(Place place, Node node, Set<Node> bad, List<Diagnostic> problems) {
        if (!place.field().isPrinted(node) || isSecretOption(place)) {
            return;
        }
        if (node instanceof MapNode map) {
            for (MapNode.Entry entry : map.entries()) {
                if (mayRefer(entry.value())) {
                    find(place.below(entry), entry.value(), bad, problems);
                }
            }
        } else if (node instanceof ListNode list) {
            for (Node item : list.items()) {
                find(place, item, bad, problems);
            }
        } else if (place.field().isSubstituted()) {
            String written = ((ScalarNode) node).text();
            String key = keyIn(place.field().isProxy() ? ProxyText.of(written).server() : written);
            if (key != null) {
                bad.add(node);
                problems.add(node.error(
                                Code.USER_INFO,
                                place.path() + " is printed in messages, and would hold the key of " + key)
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
        if (text.indexOf('$') < 0) {
            return Set.of();
        }
        Set<String> names = new HashSet<>(2);
        template(text).ifPresent(whole -> {
            for (Reference reference : whole.references(environment)) {
                if (reference.state() == Reference.State.SET) {
                    names.add(reference.name());
                }
            }
        });
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

    /** A place in a definition, with the way that leads to it. */
    @SuppressWarnings("ReferenceEquality") // There is one top.
    private record Place(FieldPlace field, @Nullable Place parent, String key) {

        private static final Place PROVIDER = new Place(FieldPlace.PROVIDER, null, "");

        Place below(MapNode.Entry entry) {
            String name = entry.key().text();
            return new Place(field.below(name), this, name);
        }

        boolean isOption() {
            return parent != null && parent.parent == PROVIDER && parent.key.equals(OPTIONS);
        }

        String path() {
            return parent == null || parent == PROVIDER ? key : parent.path() + "." + key;
        }
    }
}
