package dev.patchbay.cli.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Interruption;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.util.List;

/** A talk whose questions are the lines of standard input; the commands of a terminal's talk are none there, but for its end. */
final class PipedTalk {

    private final Talk talk;
    private final Terminal terminal;

    PipedTalk(Talk talk, Terminal terminal) {
        this.talk = talk;
        this.terminal = terminal;
    }

    /** Asks line by line; returns the exit code of the first question that failed. */
    int run() {
        Interruption interruption = Interruption.watch();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(terminal.in(), UTF_8.newDecoder()))) {
            int exitCode = ExitCode.OK;
            String line = lines.readLine();
            while (line != null && !SlashCommands.isEnd(line) && exitCode != ExitCode.INTERRUPTED) {
                if (!line.isBlank()) {
                    int answered = talk.ask(line, List.of(), interruption::ends);
                    exitCode = exitCode == ExitCode.OK || answered == ExitCode.INTERRUPTED ? answered : exitCode;
                }
                line = lines.readLine();
            }
            return exitCode;
        } catch (CharacterCodingException e) {
            throw new UsageException("a question cannot be read: standard input is not UTF-8");
        } catch (IOException closed) {
            throw new UsageException("there are no questions: standard input is closed");
        } finally {
            interruption.commandEnded();
        }
    }
}
