package dev.patchbay.cli.session;

import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.store.StoreLocation;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The session that a launch goes on with. */
public final class ContinuedSession {

    private static final String LAST = "--continue";
    private static final String SESSION = "--session";

    private ContinuedSession() {}

    /** Adds the options that name it. */
    public static void addTo(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-c", LAST)
                .type(boolean.class)
                .description("Go on with the session of this folder that was active last.")
                .build());
        spec.addOption(Specs.option(SESSION, "ID", "Go on with this session; the beginning of its id is enough."));
    }

    /**
     * Looks it up, and says on standard error which one it is.
     *
     * @return empty if the launch is to begin anew
     * @throws UsageException if there is none such
     * @throws dev.patchbay.store.StoreException if the store cannot be used
     */
    public static Optional<SessionRecord> of(Invocation invocation, LaunchStore store) {
        boolean last = invocation.has(LAST);
        Optional<String> id = invocation.value(SESSION);
        if (last && id.isPresent()) {
            throw new UsageException(LAST + " and " + SESSION + " name a session each; give one of them");
        }
        if (!last && id.isEmpty()) {
            return Optional.empty();
        }
        SessionRecord found = id.isPresent() ? withId(id.get(), store) : lastOf(folder(), store);
        invocation.terminal().err().println(described(found));
        return Optional.of(found);
    }

    /** The session with an id, or with the beginning of one. */
    public static SessionRecord withId(String id, LaunchStore store) {
        return store.ask(open -> SessionLookup.require(open, id)).orElseThrow(ContinuedSession::off);
    }

    /** The folder in which this command was called; links in its path are followed. */
    public static String folder() {
        return System.getProperty("user.dir", "");
    }

    /** One line about a session that goes on. */
    public static String described(SessionRecord session) {
        StringBuilder line = new StringBuilder("patchbay: going on with \"")
                .append(session.title())
                .append('"');
        String where = String.join(
                ", ",
                java.util.stream.Stream.of(session.provider(), session.modelId())
                        .flatMap(Optional::stream)
                        .toList());
        return where.isEmpty()
                ? line.toString()
                : line.append(" (").append(where).append(')').toString();
    }

    private static SessionRecord lastOf(String folder, LaunchStore store) {
        List<SessionRecord> found = store.ask((SqliteSessionStore open) ->
                        open.newestOf(folder).stream().toList())
                .orElseThrow(ContinuedSession::off);
        if (found.isEmpty()) {
            throw new UsageException("no session was launched in this folder yet; " + SESSION
                    + " takes one of another folder, see: patchbay sessions list");
        }
        return found.get(0);
    }

    private static UsageException off() {
        return new UsageException("there is no session to go on with: sessions are not stored, since "
                + StoreLocation.STORE + " is off or " + SessionFile.NO_STORE + " was given");
    }
}
