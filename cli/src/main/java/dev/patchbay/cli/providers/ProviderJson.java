package dev.patchbay.cli.providers;

import dev.patchbay.cli.command.GlobalOptions;
import dev.patchbay.cli.command.PrintedProblems;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.registry.Provider;

/** A provider as {@code --json} prints it; what stands in its file has the names of provider files. Holds no secret. */
final class ProviderJson {

    private ProviderJson() {}

    /** What a list says of it. */
    static JsonObject summary(Provider provider) {
        JsonObject json = new JsonObject()
                .put("id", provider.id())
                .put("state", provider.state().name())
                .put("layer", provider.layer().word());
        Location location = provider.location();
        json.put("file", location.source());
        if (location.line() > 0) {
            json.put("line", location.line()).put("column", location.column());
        }
        return json.put("reason", provider.reason());
    }

    /** Everything that is known of it. */
    static JsonObject full(Provider provider, GlobalOptions globals) {
        return summary(provider)
                .put(
                        "definition",
                        provider.definition()
                                .map(definition -> DefinitionJson.of(definition, OtherFields.json(provider))))
                .put("problems", PrintedProblems.json(provider.problems(), globals));
    }
}
