package dev.patchbay.cli.session;

import dev.patchbay.cli.command.Invocation;

/** The line that goes on with a session, from whatever folder it is typed in: with the places that were named. */
public final class GoOnCommand {

    private static final int SHORT_ID = 8;

    private GoOnCommand() {}

    /** The line, quoted for a shell. */
    public static String of(Invocation invocation, String sessionId) {
        return invocation.globals().command("launch --session " + shortId(sessionId) + " \"…\"");
    }

    /** As much of an id as tells it from others almost always; what is typed may be any beginning. */
    static String shortId(String sessionId) {
        return sessionId.length() > SHORT_ID ? sessionId.substring(0, SHORT_ID) : sessionId;
    }
}
