package dev.patchbay.daemon.contract;

import static dev.patchbay.daemon.contract.ContractDocument.map;
import static dev.patchbay.daemon.contract.ContractDocument.nameOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code requests.json}: the part of the contract by which the daemon checks bodies, without the words for people. */
final class RequestSchemas {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ContractDocument contract;
    private final Map<String, Object> schemas = new TreeMap<>();

    RequestSchemas(ContractDocument contract) {
        this.contract = contract;
    }

    /** One line for each operation and each schema. */
    String generate() {
        Map<String, String> operations = new LinkedHashMap<>();
        contract.operations().forEach((operation, node) -> {
            if (node.containsKey("requestBody") && !((List<?>) node.get("tags")).contains("Gateway")) {
                Map<String, Object> body = contract.resolve(map(node.get("requestBody")));
                Map<String, Object> media = map(map(body.get("content")).get("application/json"));
                String schema = nameOf(map(media.get("schema")).get("$ref"));
                operations.put(operation, schema);
                add(schema);
            }
        });
        return "{\"operations\":{\n" + lines(operations) + "\n},\"components\":{\"schemas\":{\n" + lines(schemas)
                + "\n}}}\n";
    }

    private void add(String name) {
        if (!schemas.containsKey(name)) {
            schemas.put(name, Map.of());
            schemas.put(name, bare(contract.schema(name)));
        }
    }

    /** Without descriptions, and with every schema that is referred to. */
    private Object bare(Object node) {
        if (node instanceof List<?> items) {
            return items.stream().map(this::bare).toList();
        }
        if (!(node instanceof Map<?, ?>)) {
            return node;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map(node).forEach((name, value) -> {
            if (name.equals("$ref")) {
                add(nameOf(value));
            }
            if (!(value instanceof String && List.of("description", "title").contains(name))) {
                copy.put(name, bare(value));
            }
        });
        return copy;
    }

    private static String lines(Map<String, ?> members) {
        StringBuilder text = new StringBuilder();
        members.forEach((name, value) -> text.append(text.isEmpty() ? "" : ",\n")
                .append(json(name))
                .append(':')
                .append(json(value)));
        return text.toString();
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
