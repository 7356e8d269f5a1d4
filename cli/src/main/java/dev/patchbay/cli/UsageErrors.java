package dev.patchbay.cli;

import dev.patchbay.diagnostic.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in words that repeat no value: it may be a key in the wrong place. */
final class UsageErrors {

    /** What people try who know other tools, however it is written: {@code --apiKey}, {@code --openai-api-key}. */
    private static final Pattern KEY_OPTION =
            Pattern.compile("--(.*api[-_]?key|key|(.*[-_])?token|secret)", Pattern.CASE_INSENSITIVE);

    /** Other tools write whole names behind one dash. */
    private static final Pattern SINGLE_DASH = Pattern.compile("-([a-z][a-z-]+)(=.*)?", Pattern.DOTALL);

    private UsageErrors() {}

    static String describe(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (error instanceof MissingParameterException missing) {
            return missing(missing);
        }
        if (error instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given twice";
        }
        if (error.getArgSpec() == null) {
            return String.valueOf(error.getMessage());
        }
        return name(error.getArgSpec()) + " has a value it cannot take";
    }

    /** What is said of an option whose whole name stands behind one dash, which is read as letters of options and a value. */
    static Optional<String> singleDash(CommandLine command, String... arguments) {
        for (String argument : arguments) {
            if (argument.equals("--")) {
                break;
            }
            Matcher name = SINGLE_DASH.matcher(argument);
            if (name.matches() && command.getCommandSpec().optionsMap().containsKey("--" + name.group(1))) {
                return Optional.of("-" + name.group(1) + " is written with two dashes: --" + name.group(1));
            }
        }
        return Optional.empty();
    }

    private static String unmatched(UnmatchedArgumentException error) {
        String first = error.getUnmatched().get(0);
        if (!first.startsWith("-")) {
            return extra(error, first);
        }
        String option = first.split("=", 2)[0];
        if (KEY_OPTION.matcher(option).matches()) {
            return "a key is never taken on the command line, where every process can read it;"
                    + " put it into a variable and name that: --api-key-env NAME";
        }
        if (error.getCommandLine().getCommandSpec().optionsMap().containsKey(option)) {
            return "options stand before --: what follows it is no option";
        }
        if (option.chars().anyMatch(Character::isWhitespace)) {
            return "a text that begins with - is taken for an option; put it last, behind --";
        }
        String meant = Nearest.question(option, options(error));
        boolean mayBeText = meant.isEmpty()
                && !error.getCommandLine()
                        .getCommandSpec()
                        .positionalParameters()
                        .isEmpty();
        return "unknown option " + option + meant
                + (mayBeText ? "; a text that begins with - stands last, behind --" : "");
    }

    private static String extra(UnmatchedArgumentException error, String word) {
        List<String> commands = CommandTree.names(error.getCommandLine());
        if (!commands.isEmpty()) {
            String nearest = Nearest.question(word, commands);
            if (error.getCommandLine().getParent() == null && nearest.isEmpty()) {
                String what = word.chars().anyMatch(Character::isWhitespace) ? "that" : word;
                return what + " is no command; to ask a question: `patchbay launch \"QUESTION\"`";
            }
            return "unknown command " + word + nearest;
        }
        return "too many arguments; put quotes around one that has blanks";
    }

    private static String missing(MissingParameterException error) {
        List<ArgSpec> missing = error.getMissing();
        ArgSpec first = missing.isEmpty() ? error.getArgSpec() : missing.get(0);
        return first instanceof OptionSpec
                ? name(first) + " needs a value"
                : name(first) + " is missing" + lookup(first, error.getCommandLine());
    }

    /** Where the ids are listed that are wanted. */
    private static String lookup(ArgSpec argument, CommandLine command) {
        CommandLine group = command.getParent();
        return name(argument).equals("ID") && CommandTree.names(group).contains("list")
                ? "; see: " + group.getCommandSpec().qualifiedName() + " list"
                : "";
    }

    private static List<String> options(ParameterException error) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : error.getCommandLine().getCommandSpec().options()) {
            names.add(option.longestName());
        }
        return names;
    }

    private static String name(ArgSpec spec) {
        return spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
    }
}
