package dev.patchbay.cli.doctor;

import dev.patchbay.internal.config.template.Template;
import dev.patchbay.internal.config.template.TemplateException;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The variables that a definition names (provider-files.md, section 3), set or not. */
final class VariableNames {

    /** The fields in which a dollar begins a reference. */
    private static final List<String> FIELDS =
            List.of("baseUrl", "endpoints", "apiKey", "auth", "headers", "query", "http", "options");

    /** The key of the long form of a reference, {@code {env: NAME}}. */
    private static final String ENV = "env";

    private final Set<String> names = new TreeSet<>();

    private VariableNames() {}

    static Set<String> in(MapNode definition) {
        VariableNames found = new VariableNames();
        FIELDS.forEach(field -> definition.get(field).ifPresent(found::add));
        return found.names;
    }

    private void add(Node node) {
        if (node instanceof ScalarNode scalar) {
            add(scalar.text());
        } else if (node instanceof ListNode list) {
            list.items().forEach(this::add);
        } else if (node instanceof MapNode map) {
            map.entries().forEach(this::add);
        }
    }

    private void add(MapNode.Entry entry) {
        if (entry.key().text().equals(ENV)
                && entry.value() instanceof ScalarNode name
                && !name.text().contains("$")) {
            names.add(name.text());
        } else {
            add(entry.value());
        }
    }

    /** With nothing set, a template asks for every name in it, those of its defaults too. */
    private void add(String text) {
        try {
            Template.parse(text).evaluate(name -> {
                names.add(name);
                return Optional.empty();
            });
        } catch (TemplateException wrong) {
            // It is among the problems of the file.
        }
    }
}
