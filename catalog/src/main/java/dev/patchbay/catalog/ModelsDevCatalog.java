package dev.patchbay.catalog;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.patchbay.catalog.CatalogModel.Ability;
import dev.patchbay.provider.BodyRules;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.ProviderCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue in this jar, for {@code Patchbay.builder().catalog(ModelsDevCatalog.bundled())}. Read when something of it is asked for
 * first, and then only as far as that takes. Safe for use by several threads.
 */
public final class ModelsDevCatalog implements ProviderCatalog {

    /** A file of a user's own home that would be larger is none of ours. */
    private static final long LARGEST = 16L << 20;

    private final @Nullable Path newer;
    private @Nullable CatalogSections bundled;
    private @Nullable CatalogSections facts;
    private @Nullable Map<List<Object>, CatalogProvider> addresses;

    private ModelsDevCatalog(@Nullable Path newer) {
        this.newer = newer;
    }

    /** What is in the jar. */
    public static ModelsDevCatalog bundled() {
        return new ModelsDevCatalog(null);
    }

    /**
     * The same, with the names, limits and prices of a newer edition where that file is there and can be read. Addresses, variables of keys
     * and dialects are the jar's, whatever the file says.
     *
     * @param newer as {@link CatalogText} writes it
     */
    public static ModelsDevCatalog withFactsOf(Path newer) {
        return new ModelsDevCatalog(requireNonNull(newer, "newer is null"));
    }

    @Override
    public String source() {
        return "models.dev of " + facts().date();
    }

    @Override
    public Optional<String> entry(Definition provider) {
        Optional<String> named = provider.catalog();
        if (named.isPresent()) {
            return named.filter(id -> find(id).isPresent());
        }
        return provider.baseUrl()
                .flatMap(url -> Optional.ofNullable(byAddress().get(address(url))))
                .or(() -> find(provider.id()))
                .map(CatalogProvider::id);
    }

    @Override
    public List<Model> models(Definition provider) {
        return entry(provider)
                .map(id -> facts().models(id).values().stream()
                        .map(ModelsDevCatalog::model)
                        .toList())
                .orElse(List.of());
    }

    @Override
    public Optional<Model> model(Definition provider, String wireName) {
        return entry(provider).map(id -> facts().models(id).get(wireName)).map(ModelsDevCatalog::model);
    }

    @Override
    public Set<String> presets() {
        Set<String> ids = new TreeSet<>();
        jar().providers().stream().filter(CatalogProvider::isPreset).forEach(known -> ids.add(known.id()));
        return ids;
    }

    @Override
    public Optional<String> preset(String id) {
        return find(id).filter(CatalogProvider::isPreset).map(ModelsDevCatalog::file);
    }

    @Override
    public Set<String> keyVariables() {
        Set<String> names = new TreeSet<>();
        jar().providers().forEach(known -> names.addAll(known.keyVariables()));
        return names;
    }

    /** The variables that can hold the key of one of its providers, by the provider's id; empty if it has no such provider. */
    public List<String> keyVariables(String id) {
        return find(id).map(CatalogProvider::keyVariables).orElse(List.of());
    }

    private Optional<CatalogProvider> find(String id) {
        for (CatalogProvider known : jar().providers()) {
            if (known.id().equals(id)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** Each call of a gateway asks for what it costs. */
    private synchronized Map<List<Object>, CatalogProvider> byAddress() {
        if (addresses == null) {
            Map<List<Object>, CatalogProvider> found = new HashMap<>();
            for (CatalogProvider known : jar().providers()) {
                known.baseUrl().ifPresent(url -> found.putIfAbsent(address(url), known));
            }
            addresses = found;
        }
        return addresses;
    }

    /** A provider file, in JSON, which is YAML. */
    private static String file(CatalogProvider provider) {
        String url = provider.baseUrl().orElseThrow().toString();
        StringBuilder fields = new StringBuilder();
        field(fields, "name", provider.name());
        field(fields, "dialect", provider.dialect().orElseThrow());
        field(fields, "baseUrl", url);
        fields.append("apiKey: {env: ").append(provider.keyVariables().get(0)).append("}, ");
        if (path(provider.baseUrl().orElseThrow()).isEmpty()) {
            // The catalogue's address is complete, and this program would add a version to one that has no path.
            fields.append("endpoints: {chat: ").append(quoted(url + "/chat/completions"));
            fields.append(", models: ").append(quoted(url + "/models")).append("}, ");
        }
        field(fields, "keyUrl", provider.documentation());
        fields.append("catalog: ").append(quoted(provider.id()));
        return "providers:\n  " + quoted(provider.id()) + ": {" + fields + "}\n";
    }

    private static void field(StringBuilder fields, String name, String value) {
        fields.append(name)
                .append(": ")
                .append(quoted(value.replace("$", "$$")))
                .append(", ");
    }

    private static String quoted(String text) {
        // Not as a tree: data binding takes a start longer to load than the catalogue.
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static Model model(CatalogModel known) {
        Optional<Model.Price> price = known.inputPrice().isEmpty()
                        && known.outputPrice().isEmpty()
                ? Optional.empty()
                : Optional.of(new Model.Price(
                        known.inputPrice(), known.outputPrice(), known.cacheReadPrice(), known.cacheWritePrice()));
        return new Model(
                known.id(),
                known.id(),
                Optional.of(known.name()),
                known.context(),
                known.maxOutput(),
                known.input(),
                Optional.of(known.abilities().contains(Ability.TOOLS)),
                price,
                BodyRules.NONE,
                Map.of());
    }

    /** What is equal for one address: a slash at the end and the usual port make no other of it. */
    private static List<Object> address(URI url) {
        return List.of(
                String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT),
                String.valueOf(url.getHost()).toLowerCase(Locale.ROOT),
                url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80,
                path(url));
    }

    private static String path(URI url) {
        String path = url.getPath() == null ? "" : url.getPath();
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private synchronized CatalogSections jar() {
        if (bundled == null) {
            bundled = CatalogSections.of(resource());
        }
        return bundled;
    }

    private synchronized CatalogSections facts() {
        if (facts == null) {
            facts = newerText().map(CatalogSections::of).orElseGet(this::jar);
        }
        return facts;
    }

    /** What cannot be read is as if it were not there: limits and prices are a help, and nothing fails for want of them. */
    private Optional<String> newerText() {
        try {
            return newer == null || !Files.isRegularFile(newer) || Files.size(newer) > LARGEST
                    ? Optional.empty()
                    : Optional.of(Files.readString(newer)).filter(ModelsDevCatalog::isCatalog);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isCatalog(String text) {
        try {
            CatalogText.read(text);
            return true;
        } catch (CatalogException e) {
            return false;
        }
    }

    private static String resource() {
        try (InputStream data = requireNonNull(Catalog.class.getResourceAsStream(Catalog.RESOURCE), Catalog.RESOURCE)) {
            return new String(data.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
