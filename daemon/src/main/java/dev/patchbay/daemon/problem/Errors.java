package dev.patchbay.daemon.problem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.diagnostic.LiteralKeys;

/** Problems as JSON: {@code {"error": {"code", "message", "fields", "help"}}}. */
public final class Errors {

    private Errors() {}

    /** What the doors refuse; only status and message are known. */
    public static ObjectNode json(int status, String message) {
        ObjectNode json = Json.object();
        json.putObject("error")
                .put("code", Problem.code(status))
                .put("message", LiteralKeys.maskIn(ofTheDaemon(message)));
        return json;
    }

    /** The doors are the gateway's, and speak of it; whoever uses the API or the page has to do with the daemon. */
    public static String ofTheDaemon(String message) {
        return message.replaceAll("\\bthe gateway\\b", "the daemon");
    }

    /** All that is known of a problem. */
    public static ObjectNode json(Problem problem) {
        ObjectNode json = Json.object();
        ObjectNode error = json.putObject("error");
        error.put("code", problem.code()).put("message", String.valueOf(problem.getMessage()));
        if (!problem.fields().isEmpty()) {
            ObjectNode fields = error.putObject("fields");
            problem.fields().forEach(fields::put);
        }
        problem.help().ifPresent(help -> error.put("help", help));
        return json;
    }
}
