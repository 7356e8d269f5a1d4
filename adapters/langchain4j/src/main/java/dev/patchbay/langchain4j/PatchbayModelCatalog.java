package dev.patchbay.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.catalog.ModelCatalog;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.catalog.ModelType;
import dev.patchbay.Patchbay;
import dev.patchbay.provider.Model;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The models of a provider as LangChain4j's {@link ModelCatalog}: those of its file, else those that it lists, else those of the catalogue.
 * A name is what {@code modelName} takes at a model of that provider.
 */
public final class PatchbayModelCatalog implements ModelCatalog {

    private final Patchbay patchbay;
    private final String provider;

    private PatchbayModelCatalog(Patchbay patchbay, String provider) {
        this.patchbay = requireNonNull(patchbay, "patchbay is null");
        this.provider = requireNonNull(provider, "provider is null");
    }

    /**
     * The models of a provider.
     *
     * @param provider an id of the registry
     */
    public static PatchbayModelCatalog of(Patchbay patchbay, String provider) {
        return new PatchbayModelCatalog(patchbay, provider);
    }

    /**
     * Waits for the provider's list five seconds at most.
     *
     * @throws dev.patchbay.diagnostic.ConfigurationException if there is no such provider, or its definition cannot be used
     */
    @Override
    public List<ModelDescription> listModels() {
        return patchbay.models(provider).stream().map(this::description).toList();
    }

    @Override
    public ModelProvider provider() {
        return Providers.of(provider);
    }

    private ModelDescription description(Model model) {
        ModelDescription.Builder description = ModelDescription.builder()
                .name(model.id())
                .displayName(model.name().orElse(model.id()))
                .provider(provider())
                .type(ModelType.CHAT)
                .owner(provider)
                .maxInputTokens(orNull(model.context()))
                .maxOutputTokens(orNull(model.maxOutput()));
        model.price().flatMap(PatchbayModelCatalog::words).ifPresent(description::description);
        return description.build();
    }

    private static Optional<String> words(Model.Price price) {
        String words = Stream.of(part("input", price.input()), part("output", price.output()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? Optional.empty() : Optional.of("USD per million tokens: " + words);
    }

    private static Optional<String> part(String name, Optional<BigDecimal> price) {
        return price.map(value -> name + " " + value.toPlainString());
    }

    private static @Nullable Integer orNull(OptionalInt tokens) {
        return tokens.isEmpty() ? null : (Integer) tokens.getAsInt();
    }
}
