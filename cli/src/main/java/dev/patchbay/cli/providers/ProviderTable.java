package dev.patchbay.cli.providers;

import dev.patchbay.cli.terminal.Style;
import dev.patchbay.cli.terminal.Table;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.cli.terminal.WrappedText;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.LiteralKeys;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.internal.config.SkippedFile;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Providers for people: a line for each, why it is not ready below it, and each folder of files once. */
final class ProviderTable {

    private static final String INDENT = "  ";

    private final Terminal terminal;
    private final Style style;
    private final ShortPath paths;
    private final Map<String, Set<String>> folders = new LinkedHashMap<>();

    private ProviderTable(Terminal terminal) {
        this.terminal = terminal;
        this.style = terminal.outStyle();
        this.paths = new ShortPath(terminal.environment());
    }

    static void print(Terminal terminal, RegistrySnapshot registry, List<Provider> listed) {
        // Whatever comes from elsewhere has been written out by then, so that only our own styles act.
        terminal.out().raw(new ProviderTable(terminal).text(registry, listed));
    }

    private String text(RegistrySnapshot registry, List<Provider> listed) {
        Table table = new Table("PROVIDER", "STATE", "MODEL", "BASE URL", "FROM");
        for (Provider provider : listed) {
            table.row(
                    provider.id(),
                    provider.state().name(),
                    provider.definition()
                            .flatMap(Definition::defaultModel)
                            .orElseGet(() -> written(provider, "defaultModel")),
                    provider.definition()
                            .flatMap(Definition::baseUrl)
                            .map(Object::toString)
                            .orElseGet(() -> written(provider, "baseUrl")),
                    from(provider));
        }
        List<String> lines = table.lines(terminal.columns());
        StringBuilder text = new StringBuilder(lines.get(0));
        for (int i = 0; i < listed.size(); i++) {
            Provider provider = listed.get(i);
            text.append(styled(lines.get(i + 1), provider.state()));
            provider.reason().ifPresent(why -> text.append(WrappedText.of(reason(provider, why), INDENT, terminal)));
        }
        folders.forEach(
                (layer, all) -> text.append(WrappedText.of(layer + " files: " + String.join(", ", all), "", terminal)));
        for (SkippedFile skipped : registry.skipped()) {
            String line = (skipped.looksMeant() ? "warning: skipped " : "skipped ")
                    + paths.of(skipped.file().toString()) + ": " + skipped.reason();
            text.append(WrappedText.of(line, "", terminal));
        }
        registry.diagnostics().stream()
                .filter(problem -> problem.code() == Code.EMPTY_FILE)
                .map(problem -> "warning: " + paths.of(problem.location().source()) + ": " + problem.message())
                .forEach(line -> text.append(WrappedText.of(line, "", terminal)));
        PresetKeys.instead(registry, terminal.environment())
                .ifPresent(keys -> text.append(WrappedText.of(keys, "", terminal)));
        return text.append("default provider: ")
                .append(Printable.line(registry.chosenDefault().orElseGet(() -> DefaultCommand.none(registry))))
                .append('\n')
                .toString();
    }

    /** What its file says, of one that only lacks a variable. */
    private static String written(Provider provider, String field) {
        return provider.tree()
                .filter(any -> provider.state() == ProviderState.UNAVAILABLE)
                .flatMap(tree -> tree.get(field))
                .filter(ScalarNode.class::isInstance)
                .map(value -> LiteralKeys.maskIn(((ScalarNode) value).text()))
                .orElse("");
    }

    /** The file without its folder, which is noted. */
    private String from(Provider provider) {
        String source = provider.location().source();
        if (provider.layer() == Layer.BUILT_IN || provider.layer() == Layer.PRESET) {
            return provider.layer().word();
        }
        Path file = Path.of(source);
        if (!file.isAbsolute() || file.getFileName() == null) {
            return source;
        }
        folders.computeIfAbsent(provider.layer().word(), absent -> new TreeSet<>())
                .add(paths.of(String.valueOf(file.getParent())));
        int line = provider.location().line();
        return file.getFileName() + (line > 0 ? ":" + line : "");
    }

    /** Of its own file only the line is said again. */
    private String reason(Provider provider, String why) {
        Matcher own = Pattern.compile("\\(" + Pattern.quote(provider.location().source()) + ":(\\d+):\\d+\\)")
                .matcher(why);
        return paths.in(own.replaceAll("(line $1)"));
    }

    private String styled(String line, ProviderState state) {
        String word = state.name();
        return Optional.of(style)
                .filter(known -> known != Style.PLAIN)
                .map(known ->
                        line.replaceFirst(" " + word, Matcher.quoteReplacement(" " + coloured(known, state, word))))
                .orElse(line);
    }

    private static String coloured(Style style, ProviderState state, String word) {
        return switch (state) {
            case READY -> style.good(word);
            case INVALID -> style.error(word);
            case UNAVAILABLE -> style.warning(word);
            case DISABLED, SHADOWED -> style.faint(word);
        };
    }
}
