package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.KeyType;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.Shape;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Walks the table of fields: a key that is in it and changes nothing of what is decoded is decoded by nobody. */
final class EveryFieldIsDecodedTest {

    /** Those that the examples fall back to. */
    static final String OTHERS =
            "anthropic: {baseUrl: \"https://api.b.example\"}\nb: {baseUrl: \"https://api.b.example\"}\n";

    private static final String NONE = "no provider: ";
    private static final String BASE = "baseUrl: https://api.a.example/v1";

    /** What stands for an example that changes nothing, being the default, or that needs others; nothing: its parts are walked. */
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("enabled", ""),
            Map.entry("extends", ""),
            Map.entry("options", ""),
            Map.entry("unknownModels", "models: [model-a]\nunknownModels: deny"),
            Map.entry("dialect", "dialect: anthropic-messages"),
            Map.entry("baseUrl", "baseUrl: https://api.b.example/v1"),
            Map.entry("http.connectTimeout", "http: {connectTimeout: 11s}"),
            Map.entry("http.firstByteTimeout", "http: {firstByteTimeout: 11s}"),
            Map.entry("http.idleTimeout", "http: {idleTimeout: 11s}"),
            Map.entry("http.totalTimeout", "http: {totalTimeout: 11s}"),
            Map.entry("http.retries", ""),
            Map.entry("http.retries.backoff", ""),
            Map.entry("http.retries.max", "http: {retries: {max: 7}}"),
            Map.entry("http.retries.backoff.initial", "http: {retries: {backoff: {initial: 7s}}}"),
            Map.entry("http.retries.backoff.max", "http: {retries: {backoff: {max: 7s}}}"),
            Map.entry("http.retries.maxWait", "http: {retries: {maxWait: 7s}}"),
            // Their files have to be there; TrustRuleTest and MutualTlsTest read them.
            Map.entry("http.tls", ""),
            Map.entry("http.tls.caFile", ""),
            Map.entry("http.tls.clientCert", ""),
            Map.entry("http.tls.clientKey", ""),
            Map.entry("http.tls.clientKeyPassword", ""));

    /** What the fields of a mapping need beside them. */
    private static final Map<String, Map<String, String>> BESIDE = Map.of(
            "auth.", Map.of("type", "type: header", "header", "header: X-Key", "key", "key: $OTHER_KEY"),
            "endpoints.", Map.of("url", "url: https://api.a.example/elsewhere", "auth", "auth: none"),
            "fallback.", Map.of("to", "to: b", "when", "when: [network]"));

    /**
     * A field of the table, and a definition that says something in it.
     *
     * @param without the same definition without it
     */
    record Case(String field, String yaml, String without) {}

    @Test
    void everyKeyOfTheTableChangesWhatIsDecoded() {
        Set<String> undecoded = new TreeSet<>();
        for (Case each : everyField()) {
            String with = read(each.yaml());
            if (with.startsWith(NONE) || with.equals(read(each.without()))) {
                undecoded.add(each.field() + " of " + each.yaml() + ": " + with);
            }
        }
        assertThat(undecoded).isEmpty();
        assertThat(everyField()).hasSizeGreaterThan(50);
    }

    static List<Case> everyField() {
        List<Case> cases = new ArrayList<>();
        walk(ProviderFieldTable.PROVIDER, "", "%s", cases);
        return cases;
    }

    private static void walk(Shape.Table table, String path, String frame, List<Case> cases) {
        for (Field<?> field : table.fields().values()) {
            String name = path + field.name();
            String yaml = INSTEAD.getOrDefault(name, frame.formatted(beside(path, field.name(), value(field))));
            if (!field.isLater() && !yaml.isEmpty()) {
                String without =
                        name.equals("unknownModels") ? yaml.lines().findFirst().orElse("") : "";
                cases.add(new Case(
                        name,
                        withBase(yaml),
                        withBase(path.isEmpty() ? without : frame.formatted(beside(path, "", "")))));
            }
            // The auth of an endpoint has the fields of the provider's.
            Shape shape = field == ProviderFieldTable.ENDPOINT_AUTH ? null : of(field.shape());
            boolean quirks = field.name().equals(ProviderFieldTable.QUIRKS.name());
            if (shape instanceof Shape.Table below && !quirks) {
                walk(below, name + ".", frame.formatted(field.name() + ": {%s}"), cases);
            } else if (shape instanceof Shape.MapOf map && of(map.value()) instanceof Shape.Table below) {
                String key = map.keys() == KeyType.OPERATION ? "messages" : "model-a";
                walk(below, name + ".", frame.formatted(field.name() + ": {" + key + ": {%s}}"), cases);
            } else if (shape instanceof Shape.ListOf list && list.item() instanceof Shape.Table below) {
                walk(below, name + ".", frame.formatted(field.name() + ": [{%s}]"), cases);
            }
        }
    }

    private static String withBase(String fields) {
        return fields.startsWith("baseUrl") ? fields : BASE + "\n" + fields;
    }

    private static @Nullable Shape of(Shape shape) {
        return shape instanceof Shape.Either either ? either.mapping() : shape;
    }

    private static String beside(String path, String field, String value) {
        Map<String, String> all = new TreeMap<>(BESIDE.getOrDefault(path, Map.of()));
        if (!field.isEmpty()) {
            all.put(field, value);
        }
        return String.join(", ", all.values());
    }

    /** The example, which begins with the names of what it stands in. */
    private static String value(Field<?> field) {
        String example = field.example();
        int at = example.indexOf(field.name() + ":");
        String own = at < 0 ? example : example.substring(at);
        int open = 0;
        for (int i = 0; i < own.length(); i++) {
            open += own.charAt(i) == '{' ? 1 : own.charAt(i) == '}' ? -1 : 0;
            if (open < 0) {
                return own.substring(0, i);
            }
        }
        return own;
    }

    private static String read(String fields) {
        Provider provider = Registries.with(Layer.USER, OTHERS + "a:\n" + fields.indent(2))
                .variable("PROVIDER_API_KEY", "canary-key")
                .variable("OTHER_KEY", "other-canary-key")
                .variable("OTHER_API_KEY", "another-canary-key")
                .build()
                .find("a")
                .orElseThrow();
        return provider.definition()
                .map(definition -> String.valueOf(shown(definition)))
                .orElseGet(() -> NONE + provider.problems());
    }

    /** Everything that can be read of a definition. */
    static @Nullable Object shown(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return shown(optional.orElse(null));
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> members = new TreeMap<>();
            map.forEach((key, member) -> members.put(String.valueOf(key), String.valueOf(shown(member))));
            return members;
        }
        if (value instanceof Collection<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> items.add(String.valueOf(shown(item))));
            return items;
        }
        if (value instanceof Record record) {
            List<Object> parts = new ArrayList<>();
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                parts.add(component.getName() + "=" + shown(call(record, component.getAccessor())));
            }
            return parts;
        }
        if (value instanceof Definition) {
            Map<String, Object> parts = new TreeMap<>();
            for (Method method : Definition.class.getMethods()) {
                boolean accessor = method.getParameterCount() == 0
                        && method.getDeclaringClass() == Definition.class
                        && !Modifier.isStatic(method.getModifiers())
                        && !Set.of("toString", "toBuilder", "options", "openOptions")
                                .contains(method.getName());
                if (accessor) {
                    parts.put(method.getName(), String.valueOf(shown(call(value, method))));
                }
            }
            return parts;
        }
        return value;
    }

    private static @Nullable Object call(Object target, Method method) {
        try {
            method.setAccessible(true);
            return method.invoke(target);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
