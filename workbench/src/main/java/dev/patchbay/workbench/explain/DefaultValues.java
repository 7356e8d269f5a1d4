package dev.patchbay.workbench.explain;

import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.HttpFields;
import dev.patchbay.internal.config.schema.NumberSyntax;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.Shape;
import dev.patchbay.internal.route.CredentialHeader;
import dev.patchbay.internal.route.Endpoints;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Origin;
import dev.patchbay.workbench.explain.ExplainedValue.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The values that a definition has without saying them. */
final class DefaultValues {

    private static final String OF_FIELD = "default of the field";
    private static final String BY_DIALECT = "by dialect";
    private static final String MODEL = "{model}";

    private final Definition definition;
    private final List<ExplainedValue> leaves = new ArrayList<>();

    private DefaultValues(Definition definition) {
        this.definition = definition;
    }

    static List<ExplainedValue> of(Definition definition) {
        DefaultValues defaults = new DefaultValues(definition);
        defaults.fields(ProviderFieldTable.PROVIDER, List.of());
        defaults.add(OF_FIELD, definition.id(), ProviderFieldTable.NAME.name());
        defaults.endpoints();
        definition.auth().ifPresent(defaults::auth);
        if (definition.defaultModel().isEmpty()) {
            definition.models().keySet().stream()
                    .findFirst()
                    .ifPresent(first -> defaults.add(
                            "the first model that is listed", first, ProviderFieldTable.DEFAULT_MODEL.name()));
        }
        return defaults.leaves;
    }

    /** What the table has for each; quirks are those of the dialect, unless a definition says otherwise. */
    private void fields(Shape.Table table, List<String> above) {
        for (Field<?> field : table.fields().values()) {
            List<String> path = new ArrayList<>(above);
            path.add(field.name());
            if (field == HttpFields.FIRST_BYTE_TIMEOUT && isLocal()) {
                add("default of a local host", "30m", path);
            } else if (field.defaultText().isPresent()) {
                add(OF_FIELD, value(field, field.defaultText().get()), path);
            } else if (field != ProviderFieldTable.QUIRKS && field.shape() instanceof Shape.Table inside) {
                fields(inside, path);
            }
        }
    }

    private boolean isLocal() {
        return definition.baseUrl().flatMap(Origin::of).filter(Origin::isLocal).isPresent();
    }

    /** Truth values, numbers and lists as JSON has them; anything else as a file writes it. */
    private static Object value(Field<?> field, String text) {
        if (!(field.shape() instanceof Shape.Scalar)) {
            return Stream.of(text.substring(1, text.length() - 1).split(", ", -1))
                    .map(DefaultValues::item)
                    .toList();
        }
        Object decoded = field.decode(text);
        return decoded instanceof Boolean || decoded instanceof Integer ? decoded : text;
    }

    private static Object item(String text) {
        return NumberSyntax.count(text).isPresent()
                ? (Object) NumberSyntax.count(text).getAsInt()
                : text;
    }

    private void endpoints() {
        Endpoints.of(definition).ifPresent(endpoints -> {
            for (Operation operation : Operation.values()) {
                if (!definition.endpoints().containsKey(operation)) {
                    endpoints
                            .target(operation, MODEL, true)
                            .ifPresent(target -> add(
                                    BY_DIALECT,
                                    KeyMasks.url(target.url().toString()).replace("%7Bmodel%7D", MODEL),
                                    ProviderFieldTable.ENDPOINTS.name(),
                                    operation.key()));
                }
            }
        });
    }

    private void auth(Auth auth) {
        add(BY_DIALECT, auth.type(), "auth", "type");
        CredentialHeader.of(auth).ifPresent(header -> {
            add(BY_DIALECT, header.name(), "auth", "header");
            if (!header.prefix().isEmpty()) {
                add(BY_DIALECT, header.prefix(), "auth", "prefix");
            }
        });
    }

    private void add(String why, Object value, String... path) {
        add(why, value, List.of(path));
    }

    private void add(String why, Object value, List<String> path) {
        leaves.add(ExplainedValue.builder(path, Status.DEFAULT, value).note(why).build());
    }
}
