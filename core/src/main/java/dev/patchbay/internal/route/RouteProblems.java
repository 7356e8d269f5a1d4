package dev.patchbay.internal.route;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.internal.config.schema.UrlRules;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Origin;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Why a launch cannot be routed, in words; nothing was sent when one of them is thrown. */
final class RouteProblems {

    private static final Location LAUNCH = Location.of("launch");
    private static final int MOST_EXAMPLES = 5;

    private RouteProblems() {}

    static ConfigurationException noModel(Definition definition) {
        return problem(
                Code.MISSING_FIELD,
                "provider '" + definition.id() + "' has no default model, so a launch must name one",
                "name a model" + examples(definition) + ", or write defaultModel into the provider's file");
    }

    static ConfigurationException unknownModel(Definition definition, String model) {
        Set<String> known = new TreeSet<>(definition.models().keySet());
        known.addAll(definition.aliases().keySet());
        String listed = String.join(
                ", ", definition.models().keySet().stream().limit(MOST_EXAMPLES).toList());
        return problem(
                Code.UNKNOWN_MODEL,
                "provider '" + definition.id() + "' does not list the model " + model
                        + ", and its unknownModels is deny" + Nearest.question(model, known),
                "name a listed one (" + listed + "), or add it to models of the provider");
    }

    static ConfigurationException missingSettings(String provider, List<String> settings) {
        String names = String.join(", ", settings);
        return problem(
                Code.MISSING_FIELD,
                "no provider is named '" + provider + "', and to use it without a file the launch must give " + names,
                "give " + names + ", or define '" + provider + "' in a provider file");
    }

    static ConfigurationException badUrl(String problem, String url) {
        return problem(
                Code.BAD_URL,
                "the base URL cannot be used: " + problem,
                UrlRules.intended(url)
                        .map(meant -> "did you mean " + meant + "?")
                        .orElse("write it like https://api.example.com/v1, without user name and password"));
    }

    static ConfigurationException badEndpoint(Definition definition, IllegalArgumentException cause) {
        return problem(
                Code.BAD_URL,
                "no URL can be made for provider '" + definition.id() + "': " + cause.getMessage(),
                "check baseUrl and endpoints of the provider, and the name of the model");
    }

    static ConfigurationException badQuirk(Definition definition, IllegalArgumentException cause) {
        return problem(
                Code.BAD_VALUE,
                "the quirks of provider '" + definition.id() + "' cannot be used: " + cause.getMessage(),
                "correct quirks of the provider and of its model");
    }

    static ConfigurationException credentialDropped(Definition definition, Origin owner, Origin target) {
        String name = definition
                .auth()
                .flatMap(Auth::key)
                .map(key -> " (" + key.reference() + ")")
                .orElse("");
        return problem(
                Code.CREDENTIAL_DROPPED,
                "the key of provider '" + definition.id() + "'" + name + " belongs to " + owner + " and does not go to "
                        + target,
                "give the key for " + target + " together with the base URL");
    }

    /** @param reader who could read it, such as {@code to http://api.example.com} */
    static ConfigurationException insecure(Definition definition, String reader) {
        return problem(
                Code.INSECURE_HTTP,
                "the key of provider '" + definition.id() + "' would go unencrypted " + reader
                        + ", which is neither this machine nor in a private network",
                "use https, or write allowInsecureHttp: true into the provider's file");
    }

    private static ConfigurationException problem(Code code, String message, String help) {
        return new ConfigurationException(
                List.of(Diagnostic.error(code, LAUNCH, message).help(help).build()));
    }

    private static String examples(Definition definition) {
        List<String> names =
                definition.aliases().keySet().stream().limit(MOST_EXAMPLES).toList();
        return names.isEmpty()
                ? " (`patchbay providers models " + definition.id() + "` lists what there is)"
                : ", for instance " + String.join(", ", names);
    }
}
