package dev.patchbay.cli.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;

/** What is asked: the argument, or all of standard input where the argument is {@code -}. */
final class Query {

    private Query() {}

    /**
     * The text of the query.
     *
     * @throws UsageException if there is none, it is blank, or standard input is not UTF-8
     */
    static String of(Invocation invocation) {
        List<String> arguments = invocation.arguments();
        if (arguments.isEmpty()) {
            throw new UsageException(
                    "QUERY is missing: give the question in quotes, or - to read it from standard input");
        }
        boolean isInput = arguments.get(0).equals("-");
        String text = isInput ? read(invocation.terminal()) : arguments.get(0);
        if (text.isBlank()) {
            throw new UsageException(isInput ? "QUERY is empty: standard input held no text" : "QUERY is empty");
        }
        return text;
    }

    private static String read(Terminal terminal) {
        if (terminal.isInteractive()) {
            terminal.err().println("Type the query; end it with Ctrl-D on a line of its own.");
        }
        try {
            byte[] bytes = terminal.in().readAllBytes();
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new UsageException("QUERY cannot be read: standard input is not UTF-8");
        } catch (IOException e) {
            throw new UsageException("QUERY cannot be read: standard input failed");
        }
    }
}
