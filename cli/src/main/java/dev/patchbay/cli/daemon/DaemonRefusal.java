package dev.patchbay.cli.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.cli.command.FlagNames;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.daemon.DaemonException;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.spi.PatchbayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The daemon answered with an error. What it refuses ends as the same does where no daemon runs, and in the names of the command line:
 * whether one runs is nothing that a script should have to know.
 */
final class DaemonRefusal extends PatchbayException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 500;

    /** What the API says of members of a request that it checked before core saw them. */
    private static final String INVALID = "invalid";

    private DaemonRefusal(String message) {
        super("patchbay: " + message, null);
    }

    /** The failure that a command ends with. */
    static PatchbayException of(int status, JsonNode json, String body) {
        JsonNode error = json.path("error");
        String message = error.path("message").asText();
        String help = error.path("help").asText();
        if (message.isEmpty()) {
            String first = body.lines().findFirst().orElse("");
            return new DaemonRefusal("status " + status
                    + (first.isEmpty() ? "" : ": " + first.substring(0, Math.min(LONGEST, first.length()))));
        }
        if (status == 422 || !error.path("fields").isEmpty()) {
            return configuration(error, message, help);
        }
        String told = message + (help.isEmpty() ? "" : "; " + help);
        boolean isStore = error.path("code").asText().equals("store");
        if (isStore || status == 401 || status == 403) {
            return DaemonException.of("patchbay: " + told, null);
        }
        return status == 404 ? new UsageException(told) : new DaemonRefusal(told);
    }

    private static ConfigurationException configuration(JsonNode error, String message, String help) {
        String code = error.path("code").asText();
        List<Diagnostic> problems = new ArrayList<>();
        if (code.equals(INVALID)) {
            error.path("fields")
                    .properties()
                    .forEach(field -> problems.add(problem(
                            Code.BAD_VALUE,
                            field.getKey() + ": " + field.getValue().asText(),
                            "")));
        }
        if (problems.isEmpty()) {
            problems.add(problem(known(code), message, help));
        }
        return new ConfigurationException(problems);
    }

    private static Diagnostic problem(Code code, String message, String help) {
        Diagnostic.Builder problem = Diagnostic.error(code, Location.of("daemon"), FlagNames.words(code, message));
        return help.isEmpty()
                ? problem.build()
                : problem.help(FlagNames.words(code, help)).build();
    }

    private static Code known(String word) {
        return Stream.of(Code.values())
                .filter(code -> code.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElse(Code.BAD_VALUE);
    }
}
