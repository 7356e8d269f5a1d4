package dev.patchbay.cli.launch;

import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.internal.attach.AttachedFile;
import dev.patchbay.internal.attach.FileKind;
import dev.patchbay.session.ContinueRequest;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.SessionTaskFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked: the argument, what is piped in, and the files.
 *
 * @param text may be blank where there are files
 */
record Question(String text, List<Attachment> attachments) {

    static final String FILE = "--file";
    static final String NO_STDIN = "--no-stdin";

    private static final String FROM_INPUT = "-";

    /**
     * The question of a command line.
     *
     * @param arguments those of the question
     * @throws UsageException if there is none, or a part of it cannot be sent
     */
    static Question of(Invocation invocation, List<String> arguments) {
        List<Attachment> attachments = new ArrayList<>();
        Optional<String> argument = arguments.isEmpty() ? Optional.empty() : Optional.of(arguments.get(0));
        requireOneInput(argument, invocation);
        invocation.values(FILE).forEach(name -> attachments.add(attachment(name, invocation.terminal())));
        String text = argument.filter(FROM_INPUT::equals).isPresent()
                ? typed(invocation)
                : withInput(argument, invocation, attachments);
        if (text.isBlank() && attachments.isEmpty()) {
            throw new UsageException(
                    argument.isEmpty()
                            ? "QUERY is missing: give the question in quotes, or - to read it from standard input"
                            : argument.get().equals(FROM_INPUT)
                                    ? "QUERY is empty: standard input held no text"
                                    : "QUERY is empty");
        }
        return new Question(text, List.copyOf(attachments));
    }

    /** Standard input can be read once. */
    private static void requireOneInput(Optional<String> argument, Invocation invocation) {
        long wanted =
                invocation.values(FILE).stream().filter(FROM_INPUT::equals).count();
        if (wanted > 0 && invocation.has(NO_STDIN)) {
            throw new UsageException("-f - but " + NO_STDIN + " says that standard input is not read");
        }
        if (wanted > 1 || (wanted > 0 && argument.filter(FROM_INPUT::equals).isPresent())) {
            throw new UsageException("standard input can be read once only: as -f - or as the question");
        }
    }

    private static Attachment attachment(String name, Terminal terminal) {
        if (!name.equals(FROM_INPUT)) {
            return Attachment.piped(name, terminal).orElseGet(() -> Attachment.read(name));
        }
        return Attachment.of(
                "standard input",
                StandardInput.read(terminal, "it is attached then")
                        .orElseThrow(() -> new UsageException("-f - cannot be read: standard input failed")));
    }

    /** A launch that asks this. */
    LaunchRequest.Builder request() {
        if (text.isBlank()) {
            return attached(LaunchRequest.content(attachments.get(0).block()), 1);
        }
        return attached(LaunchRequest.query(text), 0);
    }

    /** What asks this in a session that goes on. */
    ContinueRequest.Builder continuation() {
        if (text.isBlank()) {
            return attached(ContinueRequest.content(attachments.get(0).block()), 1);
        }
        return attached(ContinueRequest.query(text), 0);
    }

    private <B extends SessionTaskFields<B>> B attached(B request, int first) {
        attachments.stream().skip(first).forEach(file -> request.content(file.block()));
        return request;
    }

    private static String typed(Invocation invocation) {
        Terminal terminal = invocation.terminal();
        if (invocation.has(NO_STDIN)) {
            throw new UsageException("QUERY is - but " + NO_STDIN + " says that standard input is not read");
        }
        if (terminal.isInteractive()) {
            terminal.err().println("Type the query; end it with Ctrl-D on a line of its own.");
        }
        byte[] bytes = StandardInput.read(terminal, "the question is read from there")
                .orElseThrow(() -> new UsageException("QUERY cannot be read: standard input failed"));
        return AttachedFile.text(bytes)
                .orElseThrow(() -> new UsageException("QUERY cannot be read: standard input is not UTF-8"));
    }

    /** The argument with what is piped in below it; an image or a PDF there is attached. */
    private static String withInput(Optional<String> argument, Invocation invocation, List<Attachment> attachments) {
        String asked = argument.orElse("");
        Terminal terminal = invocation.terminal();
        boolean isBlank = argument.isPresent() && asked.isBlank();
        boolean isRead = invocation.values(FILE).contains(FROM_INPUT);
        if (terminal.isInteractive() || invocation.has(NO_STDIN) || isBlank || isRead) {
            return asked;
        }
        byte[] bytes =
                StandardInput.read(terminal, NO_STDIN + " goes on without it").orElse(new byte[0]);
        if (bytes.length == 0) {
            return alone(asked, terminal);
        }
        if (FileKind.of(bytes).flatMap(FileKind::mediaType).isPresent()) {
            attachments.add(Attachment.of("standard input", bytes));
            return asked;
        }
        String piped = AttachedFile.text(bytes)
                .orElseThrow(
                        () -> new UsageException("standard input is not UTF-8, and of no kind that can be attached; "
                                + NO_STDIN + " goes on without it"));
        if (piped.isBlank()) {
            return alone(asked, terminal);
        }
        return asked.isBlank() ? piped : asked + "\n\n" + piped;
    }

    /** Somebody who sees it may have meant to pipe something in; to a script it is no news. */
    private static String alone(String asked, Terminal terminal) {
        if (!asked.isBlank() && terminal.err().isTerminal()) {
            terminal.err().println("patchbay: nothing came from standard input; the question goes alone");
        }
        return asked;
    }
}
