package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.json.Json;
import dev.patchbay.config.explain.Explanation;
import dev.patchbay.config.explain.Leaf;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;

/** Says where every value of a provider comes from, and what it overrode. */
public final class ExplainCommand implements Command {

    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("explain");
        spec.addPositional(Specs.argument(
                "ID[.PATH]", "0..1", "The provider, and the field to explain alone, with what is below it."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay providers explain [OPTIONS] ID[.PATH]",
                "Show which value won and why: the layer, file, line and column of each, what it overrode, what was left"
                        + " out, and what is only a default. Options of a launch beat the environment, which beats files,"
                        + " which beat what is built in.",
                "patchbay providers explain anthropic",
                "patchbay providers explain anthropic.aliases.sonnet",
                "patchbay providers explain groq.http --json");
    }

    @Override
    public int run(Invocation invocation) {
        List<String> arguments = invocation.arguments();
        if (arguments.isEmpty()) {
            throw new UsageException("ID is missing");
        }
        try (Patchbay patchbay = Installation.open(invocation)) {
            RegistrySnapshot registry = patchbay.registry();
            Question question = Question.of(registry, arguments.get(0));
            List<Leaf> leaves = leaves(question);
            List<Provider> replaced = replaced(registry, question.provider());
            if (invocation.has(JSON)) {
                invocation.terminal().out().println(Json.write(ExplainJson.of(question.provider(), leaves, replaced)));
                return ExitCode.OK;
            }
            invocation.terminal().out().print(text(question, leaves, replaced));
            return ExitCode.OK;
        }
    }

    private static String text(Question question, List<Leaf> leaves, List<Provider> replaced) {
        StringBuilder text = new StringBuilder();
        if (question.path().isEmpty()) {
            text.append(ExplainText.head(question.provider(), replaced)).append('\n');
        }
        if (!leaves.isEmpty()) {
            return text.append(ExplainText.table(leaves)).toString();
        }
        return question.path().isEmpty()
                ? text.append("There is nothing to explain.\n").toString()
                : text.append(question.path())
                        .append(" is not set, and has no default. ")
                        .append(Explanation.meaning(question.path()).orElse(""))
                        .append('\n')
                        .toString();
    }

    private static List<Leaf> leaves(Question question) {
        Provider provider = question.provider();
        Explanation explanation = provider.explanation().orElse(new Explanation(List.of()));
        if (question.path().isEmpty()) {
            return explanation.leaves();
        }
        List<Leaf> found = explanation.at(question.path());
        if (found.isEmpty() && Explanation.meaning(question.path()).isEmpty()) {
            throw unknownPath(provider, explanation, question.path());
        }
        return found;
    }

    private static ConfigurationException unknownPath(Provider provider, Explanation explanation, String path) {
        Set<String> known = new TreeSet<>();
        for (Leaf leaf : explanation.leaves()) {
            for (int length = 1; length <= leaf.path().size(); length++) {
                known.add(String.join(".", leaf.path().subList(0, length)));
            }
        }
        return Lookup.problem(
                Code.UNKNOWN_KEY,
                "provider '" + provider.id() + "' has nothing at '" + path + "'" + Nearest.question(path, known),
                "`patchbay providers explain " + provider.id() + "` shows everything that it has");
    }

    private static List<Provider> replaced(RegistrySnapshot registry, Provider provider) {
        List<Provider> replaced = new ArrayList<>();
        for (Provider other : registry.providers()) {
            if (other.id().equals(provider.id()) && other.state() == ProviderState.SHADOWED) {
                replaced.add(other);
            }
        }
        return replaced;
    }

    /** What is asked: a provider, and a path that may be empty. */
    private record Question(Provider provider, String path) {

        /** Ids may hold dots: the longest one that there is counts. */
        static Question of(RegistrySnapshot registry, String argument) {
            for (int end = argument.length(); end > 0; end = argument.lastIndexOf('.', end - 1)) {
                Provider provider = registry.find(argument.substring(0, end)).orElse(null);
                if (provider != null) {
                    return new Question(provider, argument.substring(Math.min(end + 1, argument.length())));
                }
            }
            int dot = argument.indexOf('.');
            String id = dot > 0 ? argument.substring(0, dot) : argument;
            return new Question(Lookup.provider(registry, id), "");
        }
    }
}
