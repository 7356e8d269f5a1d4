package dev.patchbay.route;

import dev.patchbay.provider.Definition;
import java.util.List;

/** The failures of {@link RouteResolver}, in words. */
final class RouteProblems {

    private static final int MOST_EXAMPLES = 5;

    private RouteProblems() {}

    static RouteException noModel(Definition definition) {
        String examples = examples(definition);
        return new RouteException(
                RouteException.Reason.NO_MODEL,
                "provider '" + definition.id() + "' has no default model, so a launch must name one",
                "name a model" + examples + ", or write defaultModel into the provider's file",
                List.of(SettingNames.MODEL));
    }

    static RouteException badUrl(Definition definition, IllegalArgumentException cause) {
        return new RouteException(
                RouteException.Reason.BAD_URL,
                "the URL of provider '" + definition.id() + "' cannot be used: " + cause.getMessage(),
                "write baseUrl like https://api.example.com/v1",
                List.of(SettingNames.BASE_URL));
    }

    static RouteException insecure(Definition definition, Origin origin) {
        return new RouteException(
                RouteException.Reason.INSECURE_HTTP,
                "the key of provider '" + definition.id() + "' would go unencrypted to " + origin
                        + ", which is neither this machine nor in a private network",
                "use https, or write allowInsecureHttp: true into the provider's file",
                List.of(SettingNames.BASE_URL));
    }

    private static String examples(Definition definition) {
        List<String> names =
                definition.aliases().keySet().stream().limit(MOST_EXAMPLES).toList();
        return names.isEmpty() ? "" : ", for instance " + String.join(", ", names);
    }
}
