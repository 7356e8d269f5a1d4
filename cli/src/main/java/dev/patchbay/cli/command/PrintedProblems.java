package dev.patchbay.cli.command;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.TextRenderer;
import java.util.List;
import java.util.Map;

/** Problems as a command prints them: commands that they name look at the places that this one was given. */
public final class PrintedProblems {

    private PrintedProblems() {}

    /** For people; empty if there are none. */
    public static String text(List<Diagnostic> problems, GlobalOptions globals) {
        return globals.withCommands(TextRenderer.render(problems));
    }

    /** For {@code --json}. */
    public static List<Map<String, Object>> json(List<Diagnostic> problems, GlobalOptions globals) {
        return problems.stream().map(problem -> json(problem, globals)).toList();
    }

    private static Map<String, Object> json(Diagnostic problem, GlobalOptions globals) {
        Map<String, Object> json = problem.toMap();
        for (String words : List.of("message", "help")) {
            json.computeIfPresent(words, (name, text) -> globals.withCommands(String.valueOf(text)));
        }
        return json;
    }
}
