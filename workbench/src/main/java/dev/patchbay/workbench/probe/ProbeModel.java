package dev.patchbay.workbench.probe;

import dev.patchbay.internal.models.OfferedModel;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model as far as it is known: from the provider's file, from its answer, or from both.
 *
 * @param id the name for a launch
 * @param upstreamId the name on the wire
 * @param listed what the file says of it; empty if it does not list it
 * @param offered what the provider says of it; empty if it does not list it, or was not asked
 * @param aliases that stand for it
 * @param isDefault whether a launch that names none takes it
 */
public record ProbeModel(
        String id,
        String upstreamId,
        Optional<Model> listed,
        Optional<OfferedModel> offered,
        List<String> aliases,
        boolean isDefault) {

    /** Most tokens of input and output together; the file goes before the provider. */
    public OptionalInt context() {
        OptionalInt own = listed.map(Model::context).orElse(OptionalInt.empty());
        return own.isPresent() ? own : offered.map(OfferedModel::context).orElse(OptionalInt.empty());
    }

    /** For people; the file goes before the provider. */
    public Optional<String> name() {
        return listed.flatMap(Model::name).or(() -> offered.flatMap(OfferedModel::name));
    }

    /**
     * All models of a provider: those of its file first, also such as only an alias or the default names.
     *
     * @param offered what the provider answered; empty if it was not asked
     */
    public static List<ProbeModel> of(Definition definition, List<OfferedModel> offered) {
        Map<String, OfferedModel> left = new LinkedHashMap<>();
        offered.forEach(model -> left.put(model.id(), model));
        List<ProbeModel> all = new ArrayList<>();
        for (String id : named(definition)) {
            Optional<Model> listed = Optional.ofNullable(definition.models().get(id));
            String wire = listed.map(Model::upstreamId).orElse(id);
            all.add(of(definition, id, wire, listed, Optional.ofNullable(left.remove(wire))));
        }
        left.values()
                .forEach(
                        model -> all.add(of(definition, model.id(), model.id(), Optional.empty(), Optional.of(model))));
        return all;
    }

    private static ProbeModel of(
            Definition definition, String id, String wire, Optional<Model> listed, Optional<OfferedModel> offered) {
        List<String> aliases = definition.aliases().entrySet().stream()
                .filter(alias -> alias.getValue().equals(id))
                .map(Map.Entry::getKey)
                .toList();
        boolean isDefault = defaultModel(definition).filter(id::equals).isPresent();
        return new ProbeModel(id, wire, listed, offered, aliases, isDefault);
    }

    private static List<String> named(Definition definition) {
        List<String> ids = new ArrayList<>(definition.models().keySet());
        defaultModel(definition).filter(id -> !ids.contains(id)).ifPresent(ids::add);
        definition.aliases().values().stream()
                .filter(id -> !ids.contains(id))
                .distinct()
                .forEach(ids::add);
        return ids;
    }

    private static Optional<String> defaultModel(Definition definition) {
        return definition
                .defaultModel()
                .map(name -> definition.aliases().getOrDefault(name, name))
                .or(() -> definition.models().keySet().stream().findFirst());
    }
}
