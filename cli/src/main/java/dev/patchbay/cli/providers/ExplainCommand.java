package dev.patchbay.cli.providers;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.workbench.explain.ExplainedValue;
import dev.patchbay.workbench.explain.Explainer;
import dev.patchbay.workbench.explain.Explanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            Optional<CatalogFacts> facts = facts(patchbay, question);
            Map<List<String>, Object> filled = filled(facts, question);
            List<ExplainedValue> leaves = leaves(question, filled.isEmpty());
            List<Provider> replaced = replaced(registry, question.provider());
            if (invocation.has(JSON)) {
                invocation
                        .terminal()
                        .out()
                        .lines(JsonText.write(ExplainJson.of(
                                question.provider(), leaves, replaced, facts, filled, invocation.globals())));
                return ExitCode.OK;
            }
            invocation.terminal().out().print(text(question, leaves, replaced, facts, filled));
            return ExitCode.OK;
        }
    }

    private static String text(
            Question question,
            List<ExplainedValue> leaves,
            List<Provider> replaced,
            Optional<CatalogFacts> facts,
            Map<List<String>, Object> filled) {
        StringBuilder text = new StringBuilder();
        if (question.path().isEmpty()) {
            text.append(ExplainText.head(question.provider(), replaced));
            facts.ifPresent(known -> text.append("limits and prices that it leaves out: ")
                    .append(known.source())
                    .append(", entry ")
                    .append(known.entry().orElse(""))
                    .append(" with ")
                    .append(known.models().size())
                    .append(" models\n"));
            text.append('\n');
        }
        if (!leaves.isEmpty() || !filled.isEmpty()) {
            String source = facts.map(
                            known -> known.source() + ", entry " + known.entry().orElse(""))
                    .orElse("");
            return text.append(ExplainText.table(leaves, filled, source)).toString();
        }
        return question.path().isEmpty()
                ? text.append("There is nothing to explain.\n").toString()
                : text.append(question.path())
                        .append(Explanation.byDefault(question.path())
                                .map(value -> " is not set; by default it is " + value + ". ")
                                .orElse(" is not set, and has no default. "))
                        .append(Explanation.meaning(question.path()).orElse(""))
                        .append('\n')
                        .toString();
    }

    private static List<ExplainedValue> leaves(Question question, boolean nothingFilled) {
        Provider provider = question.provider();
        Explanation explanation = Explainer.explain(provider).orElse(new Explanation(List.of()));
        if (question.path().isEmpty()) {
            return explanation.leaves();
        }
        List<ExplainedValue> found = explanation.at(question.path());
        if (found.isEmpty()
                && nothingFilled
                && Explanation.meaning(question.path()).isEmpty()) {
            throw unknownPath(provider, explanation, question.path());
        }
        return found;
    }

    private static ConfigurationException unknownPath(Provider provider, Explanation explanation, String path) {
        Set<String> known = new TreeSet<>();
        for (ExplainedValue leaf : explanation.leaves()) {
            for (int length = 1; length <= leaf.path().size(); length++) {
                known.add(String.join(".", leaf.path().subList(0, length)));
            }
        }
        return ProviderLookup.problem(
                Code.UNKNOWN_KEY,
                "provider '" + provider.id() + "' has nothing at '" + path + "'" + Nearest.question(path, known),
                "`patchbay providers explain " + provider.id() + "` shows everything that it has");
    }

    private static Optional<CatalogFacts> facts(Patchbay patchbay, Question question) {
        return question.provider()
                .definition()
                .map(known -> CatalogFacts.of(patchbay, known))
                .filter(known -> known.entry().isPresent());
    }

    /** Of what is asked for. */
    private static Map<List<String>, Object> filled(Optional<CatalogFacts> facts, Question question) {
        Map<List<String>, Object> filled = new LinkedHashMap<>();
        facts.ifPresent(known ->
                question.provider().definition().ifPresent(definition -> filled.putAll(known.filled(definition))));
        filled.keySet()
                .removeIf(path -> !question.path().isEmpty()
                        && !(String.join(".", path) + ".").startsWith(question.path() + "."));
        return filled;
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
                Provider provider =
                        registry.findNamed(argument.substring(0, end)).orElse(null);
                if (provider != null) {
                    return new Question(provider, argument.substring(Math.min(end + 1, argument.length())));
                }
            }
            int dot = argument.indexOf('.');
            String id = dot > 0 ? argument.substring(0, dot) : argument;
            return new Question(ProviderLookup.provider(registry, id), "");
        }
    }
}
