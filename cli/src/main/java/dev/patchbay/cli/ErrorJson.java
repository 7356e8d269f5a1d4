package dev.patchbay.cli;

import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.spi.PatchbayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A failure that kept a command from doing anything, in the one shape of errors (sessions.md, section 3). */
final class ErrorJson {

    private ErrorJson() {}

    static Map<String, Object> of(PatchbayException error) {
        JsonObject json = new JsonObject()
                .put("code", error instanceof ConfigurationException ? "configuration" : "failed")
                .put("message", String.valueOf(error.getMessage()));
        if (error instanceof ConfigurationException configuration) {
            List<Object> problems = new ArrayList<>();
            for (Diagnostic problem : configuration.diagnostics()) {
                problems.add(problem.toMap());
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
