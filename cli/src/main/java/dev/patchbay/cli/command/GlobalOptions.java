package dev.patchbay.cli.command;

import dev.patchbay.internal.config.PatchbayHome;
import dev.patchbay.internal.config.ProcessEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The options that stand before or after any command, and their values once the command line is parsed. */
public final class GlobalOptions {

    /** Where a message, ours or of a part that knows no command line, names a command of this program. */
    private static final Pattern COMMAND = Pattern.compile("(`|see: )patchbay (?=[a-z])");

    private final List<Path> config = new ArrayList<>();
    private @Nullable Path home;
    private boolean debug;

    /** Files and folders given with {@code --config}, in their order. */
    public List<Path> config() {
        return config;
    }

    /** The folder given with {@code --home}. */
    public Optional<Path> home() {
        return Optional.ofNullable(home);
    }

    /** Whether internals are wanted, such as stack traces. */
    public boolean debug() {
        return debug;
    }

    /** A line that somebody can type anywhere: a command of this program with the places that were named, quoted for a shell. */
    public String command(String words) {
        StringBuilder line = new StringBuilder("patchbay");
        home().ifPresent(folder -> line.append(" --home ").append(quoted(folder)));
        for (Path file : config) {
            line.append(" --config ").append(quoted(file));
        }
        return line.append(' ').append(words).toString();
    }

    /** A message whose commands, in backquotes or behind {@code see:}, are such lines. */
    public String withCommands(String message) {
        return COMMAND.matcher(message).replaceAll(found -> Matcher.quoteReplacement(found.group(1) + command("")));
    }

    private static String quoted(Path path) {
        String text = path.toAbsolutePath().normalize().toString();
        return text.matches("[A-Za-z0-9/._+,:@%=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Adds the options to the root command, which hands them down. */
    public void addTo(CommandSpec root) {
        root.addOption(option("--config")
                .paramLabel("FILE|DIR")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("A provider file, or a folder of them; may be repeated. Wins over every other file.")
                .setter(setter(value -> addAll((List<?>) value)))
                .build());
        root.addOption(option("--home")
                .paramLabel("DIR")
                .type(String.class)
                .arity("1")
                .description("Patchbay's own folder. Default: $PATCHBAY_HOME, else patchbay in the XDG config folder.")
                .setter(setter(value -> home = path(value)))
                .build());
        root.addOption(option("--debug")
                .type(boolean.class)
                .description("Show stack traces and other internals on standard error.")
                .setter(setter(value -> debug |= (Boolean) value))
                .build());
        root.addOption(option("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
    }

    /** picocli hands over all values so far of one place, before or after the command; both count. */
    private void addAll(List<?> values) {
        for (Object value : values) {
            config.add(path(value));
        }
    }

    /** Shells know {@code ~} at the beginning of a word, which it is not in {@code --home=~/x}. */
    private static Path path(Object named) {
        return PatchbayHome.path((String) named, new ProcessEnvironment());
    }

    private static OptionSpec.Builder option(String... names) {
        return OptionSpec.builder(names).scopeType(ScopeType.INHERIT);
    }

    private static ISetter setter(Consumer<Object> consumer) {
        return new ISetter() {
            @Override
            @SuppressWarnings("NullAway") // picocli takes null for "no former value"
            public <T> T set(@Nullable T value) {
                if (value != null) {
                    consumer.accept(value);
                }
                return null;
            }
        };
    }
}
