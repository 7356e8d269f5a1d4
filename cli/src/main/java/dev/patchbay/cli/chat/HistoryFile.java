package dev.patchbay.cli.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.session.SessionFile;
import dev.patchbay.internal.config.PatchbayHome;
import dev.patchbay.internal.config.template.Environment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file of the questions that were typed, which nobody else may read from its first moment on. Several talks may share it.
 * What cannot be kept is not: a talk goes on without.
 */
final class HistoryFile {

    /** So many lines are kept; twice as many are cut back to them. */
    private static final int MOST_LINES = 2_000;

    private static final int LONGEST = 100_000;

    private static final Set<OpenOption> READ_AND_WRITE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);

    private final Path file;

    HistoryFile(Path file) {
        this.file = file;
    }

    /** The file of a command, beside the store; empty where nothing is to be kept. */
    static Optional<HistoryFile> of(Invocation invocation) {
        Environment environment = invocation.environment();
        if (SessionFile.locate(invocation).isEmpty() || invocation.has(SessionFile.NO_STORE)) {
            return Optional.empty();
        }
        Optional<Path> home = invocation.globals().home().or(() -> PatchbayHome.variable(environment, "PATCHBAY_HOME"));
        Path folder = home.orElseGet(() -> PatchbayHome.variable(environment, "XDG_STATE_HOME")
                .filter(Path::isAbsolute)
                .orElseGet(() -> PatchbayHome.userHome(environment).resolve(".local/state"))
                .resolve("patchbay"));
        return Optional.of(new HistoryFile(folder.resolve("history")));
    }

    /** What was typed, oldest first. */
    List<String> read() {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try (FileChannel channel = FileChannel.open(file, READ_AND_WRITE)) {
            // Ends with the channel.
            channel.lock();
            List<String> lines = lines(channel);
            if (lines.size() > 2 * MOST_LINES) {
                lines = lines.subList(lines.size() - MOST_LINES, lines.size());
                channel.truncate(0);
                write(channel, String.join("\n", lines) + "\n");
            }
            return lines.stream().map(HistoryFile::unescaped).toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Adds what was typed. */
    void add(String text) {
        if (text.length() > LONGEST) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent(), privately("rwx------"));
            try (FileChannel channel = FileChannel.open(file, READ_AND_WRITE, privately("rw-------"))) {
                channel.lock();
                channel.position(channel.size());
                write(channel, escaped(text) + "\n");
            }
        } catch (IOException unwritable) {
            // The talk is worth more than its history.
        }
    }

    private static List<String> lines(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), Integer.MAX_VALUE - 8));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Once more.
        }
        return new String(bytes.array(), 0, bytes.position(), UTF_8).lines().toList();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static FileAttribute<?>[] privately(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String line) {
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                i++;
                char escaped = line.charAt(i);
                text.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
