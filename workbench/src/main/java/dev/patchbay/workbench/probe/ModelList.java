package dev.patchbay.workbench.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.http.ProviderClients;
import dev.patchbay.internal.models.ModelPages;
import dev.patchbay.internal.route.Route;

/**
 * The list of models that a provider gives.
 *
 * @param mostPages how many calls it may take
 */
record ModelList(ProviderClients clients, CallTimeLimit watch, int mostPages)
        implements ProbeQuestion<ModelPages.Found> {

    @Override
    public ModelPages.Found ask(Route route, QuestionForm form) {
        return ModelPages.read(
                route, mostPages, page -> watch.within(() -> clients.get(route, page, ModelPages.LONGEST)));
    }

    @Override
    public ObjectNode sent(Route route, QuestionForm form) {
        return Json.object();
    }
}
