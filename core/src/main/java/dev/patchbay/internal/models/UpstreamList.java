package dev.patchbay.internal.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models that a provider said it has, or why it did not say. Immutable. */
public final class UpstreamList {

    private final Map<String, OfferedModel> models;
    private final Optional<String> failure;

    private UpstreamList(List<OfferedModel> models, Optional<String> failure) {
        this.models = new LinkedHashMap<>();
        models.forEach(model -> this.models.putIfAbsent(model.id(), model));
        this.failure = failure;
    }

    static UpstreamList of(List<OfferedModel> models) {
        return new UpstreamList(models, Optional.empty());
    }

    /** @param why in words that complete: the list could not be had: … */
    static UpstreamList failed(String why) {
        return new UpstreamList(List.of(), Optional.of(why));
    }

    /** In the provider's order; none if there was a failure. */
    public List<OfferedModel> models() {
        return List.copyOf(models.values());
    }

    public boolean holds(String model) {
        return models.containsKey(model);
    }

    /** Why there is no list; empty if there is one. */
    public Optional<String> failure() {
        return failure;
    }

    Optional<OfferedModel> find(String model) {
        return Optional.ofNullable(models.get(model));
    }
}
