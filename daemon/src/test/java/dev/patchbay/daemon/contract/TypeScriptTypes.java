package dev.patchbay.daemon.contract;

import static dev.patchbay.daemon.contract.ContractDocument.list;
import static dev.patchbay.daemon.contract.ContractDocument.map;
import static dev.patchbay.daemon.contract.ContractDocument.nameOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The schemas of the contract as types of the TypeScript client, with names in camelCase. */
final class TypeScriptTypes {

    private static final List<String> REQUESTS =
            List.of("ProviderFields", "CallFields", "Attachment", "LaunchRequest", "ContinueRequest", "UpdateRequest");
    private static final List<String> REPLIES =
            List.of("SessionStatus", "SessionError", "Session", "ConversationEvent");
    private static final String EVENT = "StreamEvent";
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z0-9])");

    private final ContractDocument contract;
    private final StringBuilder text = new StringBuilder();

    TypeScriptTypes(ContractDocument contract) {
        this.contract = contract;
    }

    String generate() {
        REQUESTS.forEach(name -> declare(name, true));
        REPLIES.forEach(name -> declare(name, false));
        List<String> events = list(contract.schema(EVENT).get("oneOf")).stream()
                .map(event -> nameOf(event.get("$ref")))
                .toList();
        events.forEach(this::declareEvent);
        describe("", contract.schema(EVENT));
        text.append("export type ").append(EVENT).append(" =");
        events.forEach(event -> text.append("\n  | ").append(event));
        return text.append(";\n").toString();
    }

    private void declare(String name, boolean request) {
        Map<String, Object> schema = contract.schema(name);
        describe("", schema);
        if (!schema.containsKey("properties")) {
            text.append("export type ").append(name).append(" =");
            ((List<?>) schema.get("enum"))
                    .forEach(value -> text.append("\n  | ").append(literal(value)));
            text.append(";\n\n");
            return;
        }
        text.append("export interface ").append(name);
        List<String> parents = list(schema.get("allOf")).stream()
                .map(parent -> nameOf(parent.get("$ref")))
                .toList();
        if (!parents.isEmpty()) {
            text.append(" extends ").append(String.join(", ", parents));
        }
        text.append(" {\n");
        members(name, schema, request, "  ");
        text.append("}\n\n");
    }

    private void declareEvent(String name) {
        Map<String, Object> schema = contract.schema(name);
        Map<String, Object> properties = map(schema.get("properties"));
        describe("", schema);
        text.append("export interface ").append(name).append(" extends StreamFrame {\n  type: ");
        text.append(literal(map(properties.get("type")).get("const"))).append(";\n  data: ");
        text.append(type(map(properties.get("data")), false, "  ")).append(";\n}\n\n");
    }

    private void members(String owner, Map<String, Object> schema, boolean request, String indent) {
        Set<Object> required = required(schema);
        map(schema.get("properties")).forEach((name, value) -> {
            Map<String, Object> property = map(value);
            describe(indent, property);
            text.append(indent).append(camelCase(name));
            boolean optional = !required.contains(name);
            text.append(optional ? "?: " : ": ");
            text.append(
                    owner.equals("ProviderFields") && name.equals("provider")
                            ? "AIProvider | null"
                            : type(property, request, indent));
            // A client may be compiled with exactOptionalPropertyTypes and still hand over a variable that is not set.
            text.append(optional && request ? " | undefined;\n" : ";\n");
        });
    }

    private static Set<Object> required(Map<String, Object> schema) {
        return schema.get("required") instanceof List<?> names ? Set.copyOf(names) : Set.of();
    }

    private String type(Map<String, Object> schema, boolean request, String indent) {
        if (schema.containsKey("$ref")) {
            return nameOf(schema.get("$ref"));
        }
        if (schema.containsKey("const")) {
            return literal(schema.get("const"));
        }
        if (schema.containsKey("enum")) {
            return ((List<?>) schema.get("enum"))
                    .stream().map(TypeScriptTypes::literal).collect(Collectors.joining(" | "));
        }
        if (schema.containsKey("oneOf")) {
            return list(schema.get("oneOf")).stream()
                    .map(one -> type(one, request, indent))
                    .collect(Collectors.joining(" | "));
        }
        List<String> types = new ArrayList<>();
        List<?> names = schema.get("type") instanceof List<?> several ? several : List.of(schema.get("type"));
        for (Object name : names) {
            types.add(
                    switch ((String) name) {
                        case "integer", "number" -> "number";
                        case "array" -> array(map(schema.get("items")), request, indent);
                        case "object" -> object(schema, request, indent);
                        default -> (String) name;
                    });
        }
        return String.join(" | ", types);
    }

    private String array(Map<String, Object> items, boolean request, String indent) {
        String type = type(items, request, indent);
        return type.contains(" ") ? "Array<" + type + ">" : type + "[]";
    }

    private String object(Map<String, Object> schema, boolean request, String indent) {
        if (!schema.containsKey("properties")) {
            return "Record<string, unknown>";
        }
        int start = text.length();
        text.append("{\n");
        members("", schema, request, indent + "  ");
        text.append(indent).append('}');
        String type = text.substring(start);
        text.setLength(start);
        return type;
    }

    private void describe(String indent, Map<String, Object> schema) {
        if (schema.get("description") instanceof String description) {
            text.append(indent)
                    .append("/** ")
                    .append(Pattern.compile("`([a-z_]+)`")
                            .matcher(description.strip())
                            .replaceAll(name -> "`" + camelCase(name.group(1)) + "`"))
                    .append(" */\n");
        }
    }

    private static String literal(Object value) {
        return "'" + value + "'";
    }

    private static String camelCase(String name) {
        return UNDERSCORE.matcher(name).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }
}
