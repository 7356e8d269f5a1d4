package dev.patchbay.cli.session;

import dev.patchbay.cli.command.Invocation;
import java.nio.file.Path;

/** The line that goes on with a session, from whatever folder it is typed in: with the places that were named. */
public final class GoOnCommand {

    private static final int SHORT_ID = 8;

    private GoOnCommand() {}

    /** The line, quoted for a shell. */
    public static String of(Invocation invocation, String sessionId) {
        StringBuilder line = new StringBuilder("patchbay");
        invocation.globals().home().ifPresent(home -> line.append(" --home ").append(quoted(home)));
        for (Path file : invocation.globals().config()) {
            line.append(" --config ").append(quoted(file));
        }
        return line.append(" launch --session ")
                .append(shortId(sessionId))
                .append(" \"…\"")
                .toString();
    }

    /** As much of an id as tells it from others almost always; what is typed may be any beginning. */
    static String shortId(String sessionId) {
        return sessionId.length() > SHORT_ID ? sessionId.substring(0, SHORT_ID) : sessionId;
    }

    private static String quoted(Path path) {
        String text = path.toAbsolutePath().normalize().toString();
        return text.matches("[A-Za-z0-9/._+,:@%=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
