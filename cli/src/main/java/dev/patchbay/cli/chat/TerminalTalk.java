package dev.patchbay.cli.chat;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.FlagNames;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.launch.Attachment;
import dev.patchbay.cli.terminal.OutputException;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.internal.route.Route;
import dev.patchbay.spi.PatchbayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A talk at a terminal: questions and commands, until Ctrl-D. */
final class TerminalTalk {

    /** The most characters of a model's name in the prompt. */
    private static final int MOST_NAME = 32;

    private final Talk talk;
    private final Terminal terminal;
    private final Patchbay patchbay;
    private final Invocation invocation;
    private final List<Attachment> waiting = new ArrayList<>();

    TerminalTalk(Talk talk, Patchbay patchbay, Invocation invocation) {
        this.talk = talk;
        this.patchbay = patchbay;
        this.invocation = invocation;
        this.terminal = invocation.terminal();
    }

    int run() {
        SlashCommands commands = new SlashCommands(talk, patchbay.registry(), terminal, waiting);
        try (LineEditor editor = LineEditor.open(terminal, HistoryFile.of(invocation), commands::complete)) {
            terminal.err().println("Type /help for help; Ctrl-C ends an answer, Ctrl-D the talk.");
            Optional<String> line = editor.read(prompt());
            while (line.isPresent() && !SlashCommands.isEnd(line.get())) {
                take(line.get(), commands, editor);
                line = editor.read(prompt());
            }
            return ExitCode.OK;
        }
    }

    private void take(String line, SlashCommands commands, LineEditor editor) {
        try {
            if (line.isBlank() && waiting.isEmpty()) {
                return;
            }
            Optional<Talk.Turn> again = Optional.empty();
            if (commands.isCommand(line)) {
                again = commands.run(line);
                if (again.isEmpty()) {
                    return;
                }
            }
            String question = again.map(Talk.Turn::question).orElse(line);
            List<Attachment> files = again.map(Talk.Turn::attachments).orElseGet(() -> List.copyOf(waiting));
            commands.asked(question, files);
            talk.ask(question, files, editor::onInterrupt);
            waiting.clear();
        } catch (OutputException gone) {
            throw gone;
        } catch (UsageException e) {
            terminal.err().println("patchbay: " + e.getMessage());
        } catch (ConfigurationException e) {
            terminal.err().lines(String.valueOf(FlagNames.in(e, "chat").getMessage()));
        } catch (PatchbayException e) {
            terminal.err().println(String.valueOf(e.getMessage()));
        }
    }

    private String prompt() {
        String where;
        try {
            Route route = talk.route();
            where = route.provider() + "/" + route.upstreamModel();
        } catch (PatchbayException unusable) {
            where = "(no provider)";
        }
        String name = Printable.line(where);
        String shown = name.length() <= MOST_NAME ? name : name.substring(0, MOST_NAME - 1) + "…";
        String spent = talk.spent();
        return shown + (spent.isEmpty() ? "" : " " + spent) + "> ";
    }
}
