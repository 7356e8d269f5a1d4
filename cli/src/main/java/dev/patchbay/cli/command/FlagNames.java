package dev.patchbay.cli.command;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Puts the names of options, and of the command, where a problem has those of Java or REST, which nobody can type here. */
public final class FlagNames {

    private static final String LAUNCH = "launch";

    private static final Map<String, String> WORDS = words();

    private FlagNames() {}

    /** The problem of a launch as one of the command that was called. */
    public static ConfigurationException in(ConfigurationException problem, String command) {
        List<Diagnostic> translated = new ArrayList<>();
        for (Diagnostic diagnostic : problem.diagnostics()) {
            boolean isInFile = diagnostic.location().line() > 0;
            translated.add(isInFile ? diagnostic : translated(diagnostic, command));
        }
        return new ConfigurationException(translated);
    }

    private static Diagnostic translated(Diagnostic diagnostic, String command) {
        String source = diagnostic.location().source();
        Location place = Location.of(source.equals(LAUNCH) ? command : words(source));
        UnaryOperator<String> words = text -> words(diagnostic.code(), text);
        String message = words.apply(diagnostic.message());
        Diagnostic.Builder builder = diagnostic.isError()
                ? Diagnostic.error(diagnostic.code(), place, message)
                : Diagnostic.warning(diagnostic.code(), place, message);
        diagnostic.help().ifPresent(help -> builder.help(words.apply(help)));
        diagnostic.related().forEach(related -> builder.related(related.location(), related.message()));
        return builder.build();
    }

    /** The text of a problem with the names of options; a model that is missing may be named either way, and one is shorter. */
    public static String words(Code code, String text) {
        return words(
                code == Code.MISSING_FIELD
                        ? text.replace("proxyModelOverride", "--model").replace("proxy_model_override", "--model")
                        : text);
    }

    /** A text with the names of options in the place of the names of settings. */
    public static String words(String text) {
        String translated = text;
        for (Map.Entry<String, String> word : WORDS.entrySet()) {
            translated = translated.replace(word.getKey(), word.getValue());
        }
        return translated;
    }

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("proxyEnabled: true, ", "");
        words.put("proxyBaseUrl", "--base-url");
        words.put("proxyApiKey", "--api-key-env");
        words.put("proxyModelOverride", "--model-override");
        words.put("systemPrompt", "--system");
        words.put("outputSchema", "--schema");
        words.put("proxy_base_url", "--base-url");
        words.put("proxy_api_key", "--api-key-env");
        words.put("proxy_model_override", "--model-override");
        words.put("system_prompt", "--system");
        words.put("output_schema", "--schema");
        return words;
    }
}
