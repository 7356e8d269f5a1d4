package dev.patchbay.daemon.contract;

import static dev.patchbay.daemon.contract.ContractDocument.list;
import static dev.patchbay.daemon.contract.ContractDocument.map;
import static dev.patchbay.daemon.contract.ContractDocument.nameOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Checks values by the schemas of the contract, as strictly as can be: a member that no schema names is a problem too. */
final class ContractSchemas {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private final Map<String, Schema> known = new ConcurrentHashMap<>();
    private final JsonNode components;

    private ContractSchemas(JsonNode components) {
        this.components = components;
    }

    static ContractSchemas of(ContractDocument contract) {
        Set<String> extended = new HashSet<>();
        contract.schemas().values().forEach(schema -> {
            list(schema.get("allOf")).forEach(parent -> extended.add(nameOf(parent.get("$ref"))));
            if (schema.containsKey("properties")) {
                list(schema.get("oneOf")).forEach(one -> extended.add(nameOf(one.get("$ref"))));
            }
        });
        Map<String, Object> strict = new LinkedHashMap<>();
        contract.schemas().forEach((name, schema) -> strict.put(name, closed(schema, extended.contains(name))));
        return new ContractSchemas(MAPPER.valueToTree(Map.of("schemas", strict)));
    }

    /** The same schema, which refuses what it does not name, unless it is only a part of others. */
    private static Object closed(Object node, boolean part) {
        if (node instanceof List<?> items) {
            return items.stream().map(item -> closed(item, false)).toList();
        }
        if (!(node instanceof Map<?, ?>)) {
            return node;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map(node).forEach((name, value) -> copy.put(name, closed(value, false)));
        if (!part && copy.get("properties") instanceof Map && isSchema(copy)) {
            copy.put("unevaluatedProperties", false);
        }
        return copy;
    }

    /** A member may be called "properties" itself; a schema has its type beside it. */
    private static boolean isSchema(Map<String, Object> node) {
        return node.containsKey("type");
    }

    /** What is wrong with a value. */
    List<String> problems(Map<String, Object> schema, Object value) {
        return problems(schema, MAPPER.<JsonNode>valueToTree(value));
    }

    /** What is wrong with a value. */
    List<String> problems(Map<String, Object> schema, JsonNode value) {
        Schema compiled = known.computeIfAbsent(schema.toString(), text -> {
            Map<String, Object> whole = new LinkedHashMap<>(map(closed(schema, false)));
            whole.put("components", components);
            return registry.getSchema(MAPPER.<JsonNode>valueToTree(whole));
        });
        return compiled.validate(value).stream().map(Error::toString).toList();
    }
}
