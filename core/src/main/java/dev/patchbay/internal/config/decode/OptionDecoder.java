package dev.patchbay.internal.config.decode;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.config.schema.DurationText;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.SecretFields;
import dev.patchbay.internal.config.tree.ListNode;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.SecretRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes {@code options} by what the dialect declares. */
final class OptionDecoder {

    private final DecodeContext context;
    private final SecretDecoder secrets;

    OptionDecoder(DecodeContext context) {
        this.context = context;
        this.secrets = new SecretDecoder(context);
    }

    /**
     * The options, checked and typed.
     *
     * @param owner where the definition's id stands, for what is missing
     */
    Decoded decode(@Nullable Node node, List<Option> declared, String dialect, ScalarNode owner) {
        Map<String, Option> schema = new LinkedHashMap<>();
        declared.forEach(option -> schema.put(option.name(), option));
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> open = new LinkedHashMap<>();
        MapNode given = node instanceof MapNode map ? map : MapNode.of(owner.source(), owner.span(), List.of());
        for (MapNode.Entry entry : given.entries()) {
            Option option = schema.get(entry.key().text());
            if (option == null) {
                unknown(entry.key(), schema, dialect);
                continue;
            }
            Object value = value(option, entry.value());
            if (value != null) {
                values.put(option.name(), value);
                if (!SecretFields.hasReference(entry.value())) {
                    open.put(option.name(), value);
                }
            }
        }
        for (Option option : declared) {
            if (option.isRequired() && !given.has(option.name()) && !context.isDamaged(ProviderFieldTable.OPTIONS)) {
                context.error(owner.error(
                                Code.MISSING_FIELD,
                                context.id() + " has no options." + option.name() + ", which " + dialect + " needs")
                        .help(("write options: {" + option.name() + ": …}. " + option.description()).strip()));
            }
        }
        Options all = Options.of(declared, values);
        boolean isOpen = open.size() == values.size();
        return new Decoded(all, (isOpen ? all : Options.of(declared, open)).withoutSecrets());
    }

    /**
     * What was decoded.
     *
     * @param open the options of which no part is secret
     */
    record Decoded(Options all, Options open) {}

    private void unknown(ScalarNode key, Map<String, Option> schema, String dialect) {
        String known =
                schema.isEmpty() ? dialect + " has no options" : "options: " + String.join(", ", schema.keySet());
        context.error(key.error(
                        Code.UNKNOWN_KEY,
                        key.text() + " is not an option of " + dialect + Nearest.question(key.text(), schema.keySet()))
                .help(known));
    }

    private @Nullable Object value(Option option, Node node) {
        return switch (option.type()) {
            case SECRET -> secret(option, node);
            case STRING_LIST -> node instanceof ListNode list ? texts(list) : wrong(option, node, "a list of texts");
            default ->
                node instanceof ScalarNode scalar && !scalar.isNull()
                        ? scalar(option, scalar)
                        : wrong(option, node, words(option));
        };
    }

    private @Nullable Object scalar(Option option, ScalarNode node) {
        String text = context.text(node);
        if (text == null) {
            return null;
        }
        Object value = switch (option.type()) {
            case INTEGER -> PlainValues.typed(text) instanceof Long number ? number : null;
            case BOOLEAN -> text.equals("true") || text.equals("false") ? (Object) text.equals("true") : null;
            case DURATION -> DurationText.parse(text).orElse(null);
            default -> option.allowed().isEmpty() || option.allowed().contains(text) ? text : null;
        };
        return value == null ? wrong(option, node, words(option)) : value;
    }

    private static String words(Option option) {
        return switch (option.type()) {
            case INTEGER -> "a whole number";
            case BOOLEAN -> "true or false";
            case DURATION -> "a duration with a unit, such as 30s";
            default -> option.allowed().isEmpty() ? "a text" : "one of " + String.join(", ", option.allowed());
        };
    }

    private @Nullable Object secret(Option option, Node node) {
        boolean form = (node instanceof ScalarNode scalar && !scalar.isNull())
                || (node instanceof MapNode map
                        && map.entries().size() == 1
                        && map.entries().get(0).value() instanceof ScalarNode);
        SecretRef reference = form ? secrets.reference(node) : null;
        return reference == null ? wrong(option, node, "$NAME, with the secret in the variable NAME") : reference;
    }

    private List<String> texts(ListNode list) {
        List<String> texts = new ArrayList<>();
        for (Node item : list.items()) {
            String text = item instanceof ScalarNode scalar ? context.text(scalar) : null;
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private @Nullable Object wrong(Option option, Node node, String words) {
        if (option.type() == Option.Type.SECRET) {
            node.maskInQuotes();
        }
        context.error(node.error(Code.WRONG_TYPE, "options." + option.name() + " must be " + words)
                .help(option.description().isEmpty() ? "see the documentation of the plugin" : option.description()));
        return null;
    }
}
