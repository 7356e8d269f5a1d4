package dev.patchbay.cli.chat;

import java.time.Instant;
import java.util.Optional;
import org.jline.reader.impl.history.DefaultHistory;

/** What was typed in this talk and before, kept in a file as it is typed; a line that begins with a blank is not kept. */
final class LineHistory extends DefaultHistory {

    private final Optional<HistoryFile> file;

    LineHistory(Optional<HistoryFile> file) {
        this.file = file;
    }

    /** Takes what earlier talks left. */
    void loadFile() {
        file.ifPresent(kept -> kept.read().forEach(line -> internalAdd(Instant.now(), line)));
        moveToEnd();
    }

    @Override
    public void add(Instant time, String line) {
        if (line.isBlank() || line.startsWith(" ")) {
            return;
        }
        super.add(time, line);
        file.ifPresent(kept -> kept.add(line));
    }
}
