package dev.patchbay.daemon.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code openapi.yaml} as it is shipped, as maps and lists. */
final class ContractDocument {

    /** The methods that a path can have, as the contract spells them. */
    static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    private final String text;
    private final Map<String, Object> root;

    private ContractDocument(String text) {
        this.text = text;
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        this.root = map(new Yaml(new SafeConstructor(strict)).load(text));
    }

    static ContractDocument load() {
        try (InputStream in = ContractDocument.class.getResourceAsStream("/dev/patchbay/daemon/openapi.yaml")) {
            return new ContractDocument(
                    new String(Objects.requireNonNull(in, "openapi.yaml").readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }

    Map<String, Object> root() {
        return root;
    }

    Map<String, Object> info() {
        return map(root.get("info"));
    }

    /** Every path with what it has. */
    Map<String, Map<String, Object>> paths() {
        return maps(map(root.get("paths")));
    }

    /** Every schema by its name. */
    Map<String, Map<String, Object>> schemas() {
        return maps(map(map(root.get("components")).get("schemas")));
    }

    Map<String, Object> schema(String name) {
        return Objects.requireNonNull(schemas().get(name), name);
    }

    /** What a reference points to; itself if it is none. */
    Map<String, Object> resolve(Map<String, Object> node) {
        Map<String, Object> found = node;
        while (found.get("$ref") instanceof String reference) {
            Object at = root;
            for (String name : reference.substring("#/".length()).split("/")) {
                at = Objects.requireNonNull(map(at).get(name.replace("~1", "/").replace("~0", "~")), reference);
            }
            found = map(at);
        }
        return found;
    }

    /** The name at the end of a reference. */
    static String nameOf(Object reference) {
        String text = (String) reference;
        return text.substring(text.lastIndexOf('/') + 1);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object node) {
        if (!(node instanceof Map)) {
            throw new IllegalArgumentException("no mapping: " + node);
        }
        return (Map<String, Object>) node;
    }

    /** The mappings of a list, none if there is no such list. */
    static List<Map<String, Object>> list(Object node) {
        return node == null
                ? List.of()
                : ((List<?>) node).stream().map(ContractDocument::map).toList();
    }

    private static Map<String, Map<String, Object>> maps(Map<String, Object> node) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        node.forEach((name, value) -> all.put(name, map(value)));
        return all;
    }

    /** Each operation by method and path, in the order of the contract. */
    Map<String, Map<String, Object>> operations() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        paths().forEach((path, item) -> METHODS.stream()
                .filter(item::containsKey)
                .forEach(method -> all.put(method.toUpperCase(Locale.ROOT) + " " + path, map(item.get(method)))));
        return all;
    }

    /** The parameters of an operation: those of its path first. */
    List<Map<String, Object>> parameters(String path, Map<String, Object> operation) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (Object holder : List.of(paths().get(path), operation)) {
            for (Map<String, Object> parameter : list(map(holder).get("parameters"))) {
                Map<String, Object> resolved = resolve(parameter);
                all.put(resolved.get("in") + " " + resolved.get("name"), resolved);
            }
        }
        return List.copyOf(all.values());
    }

    /** The replies of an operation by status, "default" last. */
    Map<String, Map<String, Object>> responses(Map<String, Object> operation) {
        Map<String, Map<String, Object>> all = new TreeMap<>();
        map(operation.get("responses")).forEach((status, reply) -> all.put(status, resolve(map(reply))));
        return all;
    }
}
