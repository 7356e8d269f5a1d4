package dev.patchbay.cli.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.launch.Attachment;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.diagnostic.Nearest;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.internal.config.PatchbayHome;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines of a talk that begin with a slash. */
final class SlashCommands {

    private static final Map<String, String> HELP = help();
    private static final int MOST_FILES_LISTED = 200;

    private final Talk talk;
    private final RegistrySnapshot registry;
    private final Terminal terminal;
    private final List<Attachment> waiting;
    private Talk.@Nullable Turn last;

    /** @param waiting the files that go along with the next question */
    SlashCommands(Talk talk, RegistrySnapshot registry, Terminal terminal, List<Attachment> waiting) {
        this.talk = talk;
        this.registry = registry;
        this.terminal = terminal;
        this.waiting = waiting;
    }

    /** Whether a line is meant as a command: a path such as /etc/hosts begins a question. */
    boolean isCommand(String line) {
        return line.startsWith("/") && name(line).indexOf('/', 1) < 0 && !line.contains("\n");
    }

    /** Whether a line ends the talk. */
    static boolean isEnd(String line) {
        return List.of("/quit", "/exit", "/bye").contains(line.strip());
    }

    /** A question that is about to be asked, for {@code /retry}. */
    void asked(String question, List<Attachment> files) {
        last = new Talk.Turn("", question, files, "", "");
    }

    /**
     * Does what a line says.
     *
     * @return a question to ask again, if it says so
     * @throws UsageException if it is no command, or cannot be done
     */
    Optional<Talk.Turn> run(String line) {
        String name = name(line);
        String argument = line.strip().substring(name.length()).strip();
        switch (name) {
            case "/help" -> printHelp();
            case "/provider" -> provider(argument);
            case "/model" -> model(argument);
            case "/system" -> instructions(argument);
            case "/file" -> attach(argument);
            case "/save" -> save(argument);
            case "/clear" -> clear();
            case "/retry" -> {
                return Optional.of(again());
            }
            default ->
                throw new UsageException("there is no " + Printable.line(name) + Nearest.question(name, HELP.keySet())
                        + "; /help lists all");
        }
        return Optional.empty();
    }

    /** What a line may become: whole words in the place of its last one. */
    List<String> complete(String line) {
        if (!line.startsWith("/")) {
            return List.of();
        }
        int blank = line.indexOf(' ');
        if (blank < 0) {
            return List.copyOf(HELP.keySet());
        }
        String argument = line.substring(blank + 1);
        return switch (line.substring(0, blank)) {
            case "/provider" ->
                registry.providers().stream().map(Provider::id).distinct().toList();
            case "/model" -> models();
            case "/file", "/save" -> files(argument);
            default -> List.of();
        };
    }

    private static String name(String line) {
        return line.strip().split("\\s", 2)[0];
    }

    private void printHelp() {
        StringBuilder text = new StringBuilder();
        HELP.forEach((name, words) -> text.append(String.format("%-11s %s%n", name, words)));
        text.append(
                        "Alt-Enter begins a new line, Tab completes, a paste is one draft; a line that begins with a blank is")
                .append(" not kept in the history.");
        terminal.err().lines(text.toString());
    }

    private void provider(String id) {
        if (id.isEmpty()) {
            Route route = talk.route();
            terminal.err().println("provider " + route.provider() + ", model " + route.upstreamModel());
            return;
        }
        if (registry.find(id).isEmpty()) {
            throw new UsageException("there is no provider " + Printable.line(id)
                    + Nearest.question(
                            id, registry.providers().stream().map(Provider::id).toList()));
        }
        talk.toProvider(id);
        talk.tellIfTooLong();
    }

    private void model(String name) {
        if (name.isEmpty()) {
            terminal.err()
                    .println("model " + talk.route().upstreamModel()
                            + (models().isEmpty()
                                    ? ""
                                    : "; " + talk.route().provider() + " names " + String.join(", ", models())));
            return;
        }
        talk.toModel(name);
        talk.tellIfTooLong();
    }

    private void instructions(String text) {
        if (text.isEmpty()) {
            terminal.err()
                    .lines(talk.instructions()
                            .map(now -> "instructions: " + now)
                            .orElse("there are no instructions"));
            return;
        }
        talk.instructions(text.equals("-") ? Optional.empty() : Optional.of(text));
    }

    private void attach(String name) {
        if (name.isEmpty()) {
            throw new UsageException("/file needs the name of a file");
        }
        Attachment file = Attachment.read(expanded(name));
        waiting.add(file);
        terminal.err()
                .println(Printable.line(file.name()) + " (" + file.kind() + ") goes along with the next question");
    }

    private Talk.Turn again() {
        Talk.Turn question = last;
        if (question == null) {
            throw new UsageException("nothing was asked yet");
        }
        List<Talk.Turn> turns = talk.turns();
        boolean wasAnswered =
                !turns.isEmpty() && turns.get(turns.size() - 1).question().equals(question.question());
        if (wasAnswered) {
            talk.dropLast();
        }
        return question;
    }

    private void clear() {
        talk.clear();
        waiting.clear();
        last = null;
        terminal.err().println("a new talk begins; the one before stays in the store");
    }

    private void save(String name) {
        if (name.isEmpty()) {
            throw new UsageException("/save needs the name of a file");
        }
        try {
            Files.writeString(Path.of(expanded(name)), TalkText.markdown(talk), UTF_8, StandardOpenOption.CREATE_NEW);
            terminal.err().println("saved to " + Printable.line(name));
        } catch (FileAlreadyExistsException e) {
            throw new UsageException(Printable.line(name) + " is there already; choose another name");
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(Printable.line(name) + " cannot be written");
        }
    }

    private List<String> models() {
        Optional<Definition> definition = registry.find(talk.route().provider()).flatMap(Provider::definition);
        List<String> names = new ArrayList<>();
        definition.ifPresent(known -> {
            names.addAll(known.aliases().keySet());
            names.addAll(known.models().keySet());
        });
        return names;
    }

    private List<String> files(String begun) {
        int slash = begun.lastIndexOf('/');
        String folder = slash < 0 ? "" : begun.substring(0, slash + 1);
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : expanded(folder)))) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (names.size() < MOST_FILES_LISTED && (begun + name).startsWith(begun)) {
                    names.add(folder + name + (Files.isDirectory(entry) ? "/" : ""));
                }
            }
        } catch (IOException | InvalidPathException none) {
            return List.of();
        }
        return names;
    }

    /** No shell is between: {@code ~} is the person's own folder here, too. */
    private String expanded(String typed) {
        String name = unquoted(typed);
        return name.startsWith("~/") ? PatchbayHome.userHome(terminal.environment()) + name.substring(1) : name;
    }

    /** Terminals paste the name of a dropped file as a shell would want it. */
    private static String unquoted(String typed) {
        boolean isQuoted = typed.length() > 1
                && (typed.startsWith("'") || typed.startsWith("\""))
                && typed.endsWith(typed.substring(0, 1));
        if (isQuoted) {
            return typed.substring(1, typed.length() - 1);
        }
        return File.separatorChar == '\\' || new File(typed).exists() ? typed : typed.replaceAll("\\\\(.)", "$1");
    }

    private static Map<String, String> help() {
        Map<String, String> help = new LinkedHashMap<>();
        help.put("/provider", "[ID] talk with another provider; without an ID, say which it is");
        help.put("/model", "[NAME] talk with another model; provider/model is possible");
        help.put("/file", "NAME send a text, image or PDF along with the next question");
        help.put("/system", "[TEXT] instructions before the conversation; - takes them away");
        help.put("/retry", "ask the last question again");
        help.put("/save", "NAME write the talk as Markdown to a new file");
        help.put("/clear", "begin a new talk with the same provider and instructions");
        help.put("/help", "show this");
        help.put("/quit", "end the talk, as Ctrl-D does");
        return help;
    }
}
