package dev.patchbay.cli;

import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.spi.PatchbayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A failure that kept a command from doing anything, in the one shape of errors (sessions.md, section 3). */
final class ErrorJson {

    private ErrorJson() {}

    /**
     * Of what a command threw.
     *
     * @param words what is said in the place of a text for people
     */
    static Map<String, Object> of(PatchbayException error, UnaryOperator<String> words) {
        JsonObject json = new JsonObject()
                .put("code", error instanceof ConfigurationException ? "configuration" : "failed")
                .put("message", words.apply(String.valueOf(error.getMessage())));
        if (error instanceof ConfigurationException configuration) {
            List<Object> problems = new ArrayList<>();
            for (Diagnostic problem : configuration.diagnostics()) {
                Map<String, Object> map = problem.toMap();
                problem.help().ifPresent(help -> map.put("help", words.apply(help)));
                problems.add(map);
            }
            json.put("problems", problems);
        }
        return new JsonObject().put("error", json.toMap()).toMap();
    }

    /** Of a command line that is none. */
    static Map<String, Object> usage(String message) {
        return coded("usage", message);
    }

    /** Of what nobody foresaw. */
    static Map<String, Object> failed(String message) {
        return coded("failed", message);
    }

    private static Map<String, Object> coded(String code, String message) {
        return new JsonObject()
                .put(
                        "error",
                        new JsonObject()
                                .put("code", code)
                                .put("message", message)
                                .toMap())
                .toMap();
    }
}
