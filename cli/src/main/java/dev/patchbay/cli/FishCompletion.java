package dev.patchbay.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion for fish (fishshell.com/docs/current/completions.html): a line for each command and each option. */
final class FishCompletion {

    private final StringBuilder script = new StringBuilder("complete -c patchbay -f\n");

    private FishCompletion() {}

    static String of(CommandLine root) {
        FishCompletion fish = new FishCompletion();
        fish.command(root, List.of());
        return fish.script.toString();
    }

    private void command(CommandLine command, List<String> path) {
        String condition = condition(command, path);
        command.getSubcommands()
                .forEach((name, sub) -> script.append("complete -c patchbay -n ")
                        .append(quoted(condition))
                        .append(" -a ")
                        .append(quoted(name))
                        .append(" -d ")
                        .append(quoted(first(sub.getCommandSpec().usageMessage().description())))
                        .append('\n'));
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (path.isEmpty() || !option.inherited()) {
                option(option, path.isEmpty() ? "" : seen(path));
            }
        }
        for (PositionalParamSpec argument : command.getCommandSpec().positionalParameters()) {
            argument(argument, seen(path));
        }
        command.getSubcommands().forEach((name, sub) -> {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(name);
            command(sub, deeper);
        });
    }

    private void option(OptionSpec option, String condition) {
        script.append("complete -c patchbay");
        if (!condition.isEmpty()) {
            script.append(" -n ").append(quoted(condition));
        }
        for (String name : option.names()) {
            script.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            script.append(option.completionCandidates() == null ? " -r -F" : " -x -a " + quoted(values(option)));
        }
        script.append(" -d ").append(quoted(first(option.description()))).append('\n');
    }

    /** What stands behind a command without an option: known values, or names of files where those are wanted. */
    private void argument(PositionalParamSpec argument, String condition) {
        boolean isFile = argument.paramLabel().matches("(FILE|JAR|DIR).*");
        if (isFile || argument.completionCandidates() != null) {
            script.append("complete -c patchbay -n ")
                    .append(quoted(condition))
                    .append(isFile ? " -F" : " -a " + quoted(values(argument)))
                    .append('\n');
        }
    }

    private static String values(ArgSpec argument) {
        return String.join(" ", argument.completionCandidates());
    }

    /** Behind the words of the command, before one of its own commands. */
    private static String condition(CommandLine command, List<String> path) {
        String own = String.join(" ", command.getSubcommands().keySet());
        String none = own.isEmpty() ? "" : "not __fish_seen_subcommand_from " + own;
        if (path.isEmpty()) {
            return none;
        }
        return none.isEmpty() ? seen(path) : seen(path) + "; and " + none;
    }

    private static String seen(List<String> path) {
        List<String> words = new ArrayList<>();
        path.forEach(word -> words.add("__fish_seen_subcommand_from " + word));
        return String.join("; and ", words);
    }

    private static String first(String[] description) {
        String text = description.length == 0 ? "" : description[0];
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
