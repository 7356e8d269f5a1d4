package dev.patchbay.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.http.ProviderClients;
import dev.patchbay.json.Json;
import dev.patchbay.provider.Operation;
import dev.patchbay.route.BuiltInDialect;
import dev.patchbay.route.Query;
import dev.patchbay.route.Route;
import dev.patchbay.route.Target;
import dev.patchbay.spi.ProviderException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of models that a provider gives.
 *
 * @param mostPages how many calls it may take
 */
record ModelList(ProviderClients clients, Watch watch, int mostPages) implements Question<ModelList.Found> {

    /** Some list hundreds of models, each with a description. */
    private static final int LONGEST = 8 << 20;

    /** What Anthropic gives on one page at most. */
    private static final String PAGE = "1000";

    /**
     * What was found.
     *
     * @param complete whether the provider has no more than these
     * @param calls how many it took
     */
    record Found(List<OfferedModel> models, boolean complete, int calls) {}

    @Override
    public Found ask(Route route, Form form) {
        Target target = route.target(Operation.MODELS)
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.NOT_FOUND, "the provider does not offer a list of models"));
        boolean paged = route.dialect().equals(BuiltInDialect.ANTHROPIC_MESSAGES.id());
        Map<String, OfferedModel> models = new LinkedHashMap<>();
        Optional<String> after = Optional.empty();
        int calls = 0;
        do {
            Target page = paged ? page(target, after) : target;
            ModelPage read = ModelPage.read(watch.within(() -> clients.get(route, page, LONGEST)));
            read.models().forEach(model -> models.putIfAbsent(model.id(), model));
            after = read.next().filter(last -> paged);
            calls++;
        } while (after.isPresent() && calls < mostPages);
        return new Found(List.copyOf(models.values()), after.isEmpty(), calls);
    }

    @Override
    public ObjectNode sent(Route route, Form form) {
        return Json.object();
    }

    private static Target page(Target target, Optional<String> after) {
        Query query = Query.of(target.url());
        if (!query.has("limit")) {
            query = query.and("limit", PAGE);
        }
        if (after.isPresent()) {
            query = query.and("after_id", after.get());
        }
        URI url = query.in(target.url());
        return new Target(url, target.origin(), target.auth(), target.atBase());
    }
}
