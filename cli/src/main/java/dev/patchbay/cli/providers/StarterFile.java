package dev.patchbay.cli.providers;

import java.util.Locale;
import java.util.Optional;

/** The texts of provider files to begin with. */
final class StarterFile {

    private static final String EXAMPLE_URL = "https://api.example.com/v1";

    private StarterFile() {}

    /**
     * One that changes nothing of a preset but perhaps its key.
     *
     * @param hasKey whether the preset sends a key at all
     */
    static String ofPreset(String id, String preset, Optional<String> keyVariable, boolean hasKey) {
        String key = keyVariable
                .map(name -> hasKey ? "    apiKey: $" + name + "\n" : "    auth: {type: bearer, key: $" + name + "}\n")
                .orElse("");
        return head(id)
                + "    extends: preset:" + preset + "\n"
                + key
                + "    # What is written here wins; `patchbay providers explain " + id
                + "` shows what the preset says.\n"
                + "    # defaultModel: MODEL\n"
                + "    # aliases: {sonnet: MODEL, haiku: MODEL}\n";
    }

    /** One for an address. */
    static String ofAddress(String id, UrlFacts address, Optional<String> keyVariable) {
        StringBuilder yaml = new StringBuilder(head(id));
        if (address.isAnthropic()) {
            yaml.append("    dialect: anthropic-messages\n");
        }
        yaml.append("    baseUrl: ").append(quoted(address.baseUrl())).append('\n');
        if (address.isLocal() && keyVariable.isEmpty()) {
            yaml.append("    auth: none    # no credential header\n");
        } else {
            yaml.append("    apiKey: $")
                    .append(keyVariable.orElse(variable(id)))
                    .append('\n');
        }
        if (!address.deployment().isEmpty()) {
            return yaml.append("    defaultModel: ")
                    .append('"' + address.deployment() + '"')
                    .append("    # one deployment for every model\n")
                    .toString();
        }
        if (address.isAzure()) {
            yaml.append("    # On Azure the model is the name of the deployment.\n");
        }
        return yaml + models();
    }

    /** One to fill in. */
    static String skeleton(String id, Optional<String> keyVariable) {
        return head(id)
                + "    # name: My provider\n"
                + "    baseUrl: " + EXAMPLE_URL + "    # everything before /chat/completions\n"
                + "    apiKey: $" + keyVariable.orElse(variable(id)) + "\n"
                + "    # dialect: anthropic-messages          # default: openai-chat\n"
                + "    # auth: none                           # for a server that wants no key, instead of apiKey\n"
                + "    # headers: {X-Title: my app}\n"
                + models();
    }

    /** {@code MY_PROVIDER_API_KEY} for {@code my-provider}. */
    static String variable(String id) {
        String name = id.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_') + "_API_KEY";
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    private static String head(String id) {
        return "providers:\n  " + id + ":\n";
    }

    private static String models() {
        return """
                    # models: [MODEL, OTHER-MODEL]
                    # defaultModel: MODEL
                    # aliases: {sonnet: MODEL, haiku: OTHER-MODEL}
                """;
    }

    /** A URL as a value; its dollars are no references. */
    private static String quoted(String url) {
        return '"' + url.replace("$", "$$") + '"';
    }
}
