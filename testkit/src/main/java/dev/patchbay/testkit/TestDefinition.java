package dev.patchbay.testkit;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderDefinition;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider definition without files, for tests of dialects. Immutable. */
public final class TestDefinition implements ProviderDefinition {

    private final Dialect dialect;
    private final @Nullable URI baseUrl;
    private final Map<String, Object> options;

    private TestDefinition(Dialect dialect, @Nullable URI baseUrl, Map<String, Object> options) {
        this.dialect = dialect;
        this.baseUrl = baseUrl;
        this.options = options;
    }

    /** A provider without a base URL. */
    public static TestDefinition of(Dialect dialect) {
        return new TestDefinition(requireNonNull(dialect, "dialect is null"), null, Map.of());
    }

    /** A provider at an address. */
    public static TestDefinition of(Dialect dialect, URI baseUrl) {
        return new TestDefinition(
                requireNonNull(dialect, "dialect is null"), requireNonNull(baseUrl, "baseUrl is null"), Map.of());
    }

    /** The same with one more option, of the Java type that {@link dev.patchbay.spi.Option.Type} names. */
    public TestDefinition option(String name, Object value) {
        return options(Map.of(name, value));
    }

    /** The same with more options. */
    public TestDefinition options(Map<String, Object> values) {
        Map<String, Object> more = new HashMap<>(options);
        more.putAll(values);
        return new TestDefinition(dialect, baseUrl, Map.copyOf(more));
    }

    /** Always {@code test}. */
    @Override
    public String id() {
        return "test";
    }

    @Override
    public String dialect() {
        return dialect.id();
    }

    @Override
    public Optional<URI> baseUrl() {
        return Optional.ofNullable(baseUrl);
    }

    @Override
    public Options options() {
        return Options.of(dialect.options(), options);
    }
}
