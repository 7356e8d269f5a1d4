package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.config.schema.Field;
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

    private static final String BASE = "baseUrl: https://api.a.example/v1";

    /** What stands for an example that changes nothing, being the default, or that needs others; nothing: its parts are walked. */
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("enabled", ""),
            Map.entry("extends", ""),
            Map.entry("options", ""),
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
            Map.entry("http.tls.caFile", ""),
            Map.entry("http.tls.clientCert", ""),
            Map.entry("http.tls.clientKey", ""));

    @Test
    void everyKeyOfTheTableChangesWhatIsDecoded() {
        String bare = read(BASE);
        Set<String> undecoded = new TreeSet<>();
        int walked = walk(ProviderFieldTable.PROVIDER, "", "%s", bare, undecoded);
        assertThat(undecoded).isEmpty();
        assertThat(walked).isGreaterThan(30);
    }

    private static int walk(Shape.Table table, String path, String frame, String bare, Set<String> undecoded) {
        int walked = 0;
        for (Field field : table.fields().values()) {
            String name = path + field.name();
            String yaml = INSTEAD.getOrDefault(name, frame.formatted(value(field)));
            if (!field.isLater() && !yaml.isEmpty()) {
                walked++;
                String beside = name.equals("baseUrl") ? yaml : BASE + "\n" + yaml;
                if (read(beside).equals(bare)) {
                    undecoded.add(name + " of " + yaml);
                }
            }
            if (field.shape() instanceof Shape.Table below && !name.equals("quirks")) {
                walked += walk(below, name + ".", frame.formatted(field.name() + ": {%s}"), bare, undecoded);
            }
        }
        return walked;
    }

    /** The example, which begins with the names of what it stands in. */
    private static String value(Field field) {
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
        return Registries.with(Layer.USER, "a:\n" + fields.indent(2))
                .variable("PROVIDER_API_KEY", "canary-key")
                .build()
                .find("a")
                .flatMap(Provider::definition)
                .map(definition -> String.valueOf(shown(definition)))
                .orElse("none for " + fields);
    }

    /** Everything that can be read of a definition. */
    private static @Nullable Object shown(@Nullable Object value) {
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
