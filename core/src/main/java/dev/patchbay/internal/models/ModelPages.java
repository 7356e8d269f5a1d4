package dev.patchbay.internal.models;

import dev.patchbay.codec.ModelPaging;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.internal.route.OperationTarget;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.route.UrlQuery;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ProviderException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the list of models that a provider gives, page by page where it has pages. */
public final class ModelPages {

    /** Bytes of one page: some list hundreds of models, each with a description. */
    public static final int LONGEST = 8 << 20;

    private ModelPages() {}

    /**
     * What was found.
     *
     * @param complete whether the provider has no more than these
     * @param calls how many it took
     */
    public record Found(List<OfferedModel> models, boolean complete, int calls) {}

    /**
     * Reads the list.
     *
     * @param most how many calls it may take
     * @param get gets a page, of at most {@link #LONGEST} bytes
     * @throws ProviderException if the provider offers none, or gives something else
     */
    public static Found read(Route route, int most, Function<OperationTarget, byte[]> get) {
        OperationTarget target = route.target(Operation.MODELS)
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.NOT_FOUND, "the provider does not offer a list of models"));
        Optional<ModelPaging> paging = route.wire().flatMap(WireDialect::modelPaging);
        Map<String, OfferedModel> models = new LinkedHashMap<>();
        Optional<String> after = Optional.empty();
        int calls = 0;
        do {
            Optional<String> last = after;
            ModelPage page = ModelPage.read(
                    get.apply(paging.map(way -> page(target, way, last)).orElse(target)));
            page.models().forEach(model -> models.putIfAbsent(model.id(), model));
            after = page.next().filter(next -> paging.isPresent());
            calls++;
        } while (after.isPresent() && calls < most);
        return new Found(List.copyOf(models.values()), after.isEmpty(), calls);
    }

    private static OperationTarget page(OperationTarget target, ModelPaging paging, Optional<String> after) {
        UrlQuery query = UrlQuery.of(target.url());
        if (!query.has(paging.sizeParameter())) {
            query = query.and(paging.sizeParameter(), String.valueOf(paging.size()));
        }
        if (after.isPresent()) {
            query = query.and(paging.afterParameter(), after.get());
        }
        URI url = query.in(target.url());
        return new OperationTarget(url, target.origin(), target.auth(), target.atBase());
    }
}
