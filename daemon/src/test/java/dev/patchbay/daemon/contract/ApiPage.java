package dev.patchbay.daemon.contract;

import static dev.patchbay.daemon.contract.ContractDocument.list;
import static dev.patchbay.daemon.contract.ContractDocument.map;
import static dev.patchbay.daemon.contract.ContractDocument.nameOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code docs/api.md}: the contract for people. */
final class ApiPage {

    private static final String OTHER = "default";
    private static final ObjectWriter JSON = JsonMapper.builder()
            .build()
            .writer(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private final ContractDocument contract;
    private final Set<String> shapes = new LinkedHashSet<>();
    private final StringBuilder page = new StringBuilder();

    ApiPage(ContractDocument contract) {
        this.contract = contract;
    }

    String generate() {
        page.append("# The REST API\n\n");
        page.append(
                "Made from the contract, which the daemon serves at `/api/v1/openapi.yaml`; every path below stands behind"
                        + " `http://127.0.0.1:7777/api/v1`. From TypeScript: [the client](../clients/typescript/README.md).\n\n");
        page.append(((String) contract.info().get("description")).strip()).append("\n\n");
        page.append("Beside those that are named below: ")
                .append(ordinary().get("description"))
                .append('\n');
        for (Map<String, Object> tag : list(contract.root().get("tags"))) {
            group((String) tag.get("name"), (String) tag.get("description"));
        }
        page.append(
                "\n## Shapes\n\nA mark behind a name: the member is always there. *null*: it may be null as well.\n");
        List<String> open = new ArrayList<>(shapes);
        for (int i = 0; i < open.size(); i++) {
            shape(open.get(i));
            shapes.stream().filter(name -> !open.contains(name)).forEach(open::add);
        }
        return page.toString();
    }

    private void group(String tag, String description) {
        page.append("\n## ").append(tag).append("\n\n").append(description).append("\n\n");
        Map<String, Map<String, Object>> operations = contract.operations();
        operations.values().removeIf(operation -> !((List<?>) operation.get("tags")).contains(tag));
        page.append("| | |\n|---|---|\n");
        operations.forEach((name, operation) -> page.append("| `")
                .append(name)
                .append("` | ")
                .append(operation.get("summary"))
                .append(" |\n"));
        operations.forEach(this::operation);
    }

    private void operation(String name, Map<String, Object> operation) {
        page.append("\n### ").append(name).append("\n\n").append(operation.get("summary"));
        if (operation.get("description") instanceof String description) {
            String text = description.strip();
            page.append(text.contains("\n") ? "\n\n" : " ").append(text);
        }
        page.append("\n");
        List<Map<String, Object>> parameters = contract.parameters(name.substring(name.indexOf(' ') + 1), operation);
        if (!parameters.isEmpty()) {
            page.append("\n| parameter | in | values | |\n|---|---|---|---|\n");
            for (Map<String, Object> parameter : parameters) {
                boolean required = Boolean.TRUE.equals(parameter.get("required"));
                page.append("| `").append(parameter.get("name")).append("`").append(required ? " \\*" : "");
                page.append(" | ").append(parameter.get("in"));
                page.append(" | ").append(type(map(parameter.get("schema"))));
                page.append(" | ").append(cell(parameter.get("description"))).append(" |\n");
            }
        }
        if (operation.containsKey("requestBody")) {
            body(contract.resolve(map(operation.get("requestBody"))));
        }
        replies(operation);
    }

    private void body(Map<String, Object> body) {
        Map<String, Object> media = map(map(body.get("content")).get("application/json"));
        page.append("\nBody: ").append(type(map(media.get("schema")))).append('\n');
        if (media.containsKey("example")) {
            json(media.get("example"));
        }
        if (media.containsKey("examples")) {
            map(media.get("examples"))
                    .values()
                    .forEach(example -> json(map(example).get("value")));
        }
    }

    private void replies(Map<String, Object> operation) {
        page.append("\n| status | body | |\n|---|---|---|\n");
        contract.responses(operation).forEach((status, reply) -> {
            if (reply.equals(ordinary())) {
                return;
            }
            String body = reply.containsKey("content")
                    ? map(reply.get("content")).entrySet().stream()
                            .map(media -> (media.getKey().equals("application/json") ? "" : media.getKey() + ": ")
                                    + type(map(map(media.getValue()).get("schema"))))
                            .collect(Collectors.joining(" or "))
                    : "none";
            page.append("| ")
                    .append(status.equals(OTHER) ? "other" : status)
                    .append(" | ")
                    .append(body);
            page.append(" | ").append(cell(reply.get("description"))).append(" |\n");
        });
        contract.responses(operation).forEach((status, reply) -> {
            if (status.startsWith("2") && reply.containsKey("content")) {
                map(reply.get("content")).values().stream()
                        .filter(media -> map(media).containsKey("example"))
                        .forEach(media -> json(map(media).get("example")));
            }
        });
    }

    /** The errors that any operation may answer. */
    private Map<String, Object> ordinary() {
        return contract.resolve(Map.of("$ref", "#/components/responses/Error"));
    }

    private void shape(String name) {
        Map<String, Object> schema = contract.schema(name);
        page.append("\n### ").append(name).append("\n\n");
        if (schema.get("description") instanceof String description) {
            page.append(description).append("\n\n");
        }
        if (schema.containsKey("enum")) {
            page.append("One of ").append(values((List<?>) schema.get("enum"))).append(".\n");
            return;
        }
        List<String> alternatives = list(schema.get("oneOf")).stream()
                .map(one -> link(nameOf(one.get("$ref"))))
                .toList();
        page.append("| member | | |\n|---|---|---|\n");
        members("", schema);
        list(schema.get("allOf")).forEach(parent -> members("", contract.resolve(parent)));
        if (!alternatives.isEmpty()) {
            page.append("\nOne of ").append(String.join(", ", alternatives)).append(".\n");
        }
    }

    private void members(String before, Map<String, Object> schema) {
        List<?> required = schema.get("required") instanceof List<?> names ? names : List.of();
        map(schema.get("properties")).forEach((name, value) -> {
            Map<String, Object> property = map(value);
            page.append("| `").append(before).append(name).append('`').append(required.contains(name) ? " \\*" : "");
            page.append(" | ").append(type(property)).append(" | ").append(cell(property.get("description")));
            page.append(" |\n");
            if (property.containsKey("properties")) {
                members(before + name + ".", property);
            } else if (property.get("items") instanceof Map<?, ?> items && items.containsKey("properties")) {
                members(before + name + "[].", map(items));
            }
        });
    }

    private String type(Map<String, Object> schema) {
        if (schema.containsKey("$ref")) {
            return link(nameOf(schema.get("$ref")));
        }
        if (schema.containsKey("const")) {
            return values(List.of(schema.get("const")));
        }
        StringBuilder text = new StringBuilder();
        if (schema.containsKey("enum")) {
            text.append(values((List<?>) schema.get("enum")));
        } else if (schema.containsKey("oneOf")) {
            text.append(list(schema.get("oneOf")).stream().map(this::type).collect(Collectors.joining(", ")));
        } else {
            List<?> names = schema.get("type") instanceof List<?> several ? several : List.of(schema.get("type"));
            text.append(names.stream()
                    .map(name ->
                            "array".equals(name) ? "list of " + type(map(schema.get("items"))) : name(name, schema))
                    .collect(Collectors.joining(", ")));
        }
        if (schema.containsKey("minimum") && schema.containsKey("maximum")) {
            text.append(", ").append(schema.get("minimum")).append(" to ").append(schema.get("maximum"));
        }
        if (schema.containsKey("default")) {
            text.append(", default ").append(values(List.of(schema.get("default"))));
        }
        return text.toString();
    }

    private static String name(Object type, Map<String, Object> schema) {
        if ("null".equals(type)) {
            return "*null*";
        }
        if ("string".equals(type)) {
            return "date-time".equals(schema.get("format")) ? "moment" : "text";
        }
        return "boolean".equals(type) ? "true or false" : type.equals("integer") ? "whole number" : (String) type;
    }

    private String link(String shape) {
        shapes.add(shape);
        return "[" + shape + "](#" + shape.toLowerCase(Locale.ROOT) + ")";
    }

    private static String values(List<?> values) {
        return values.stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
    }

    private static String cell(Object text) {
        return text == null ? "" : text.toString().strip().replace("\n", " ").replace("|", "\\|");
    }

    private void json(Object value) {
        try {
            page.append("\n```json\n").append(JSON.writeValueAsString(value)).append("\n```\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
