package dev.patchbay.cli.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.FlagNames;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.daemon.DaemonLauncher;
import dev.patchbay.cli.daemon.RunningDaemon;
import dev.patchbay.cli.daemon.UnmetSettings;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.spi.ContentBlock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Hands a launch to the daemon, which is started if it does not run, and leaves it there. */
final class DetachedLaunch {

    static final String OPTION = "--detach";

    private static final Pattern VARIABLE = Pattern.compile("\\b[A-Z][A-Z0-9_]{2,}\\b");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT);

    private final Invocation invocation;

    DetachedLaunch(Invocation invocation) {
        this.invocation = invocation;
    }

    /**
     * Launches, and prints the id of the session.
     *
     * @param before the session that it goes on with
     */
    int run(ObjectNode body, Question question, Optional<SessionRecord> before, boolean json) {
        DaemonLauncher.Started started = DaemonLauncher.of(invocation).start(List.of());
        if (started.daemon().isEmpty()) {
            invocation.terminal().err().print(started.text());
            return started.exitCode();
        }
        RunningDaemon daemon = started.daemon().get();
        UnmetSettings.refuse(invocation, daemon, OPTION);
        ask(body, question);
        String path =
                before.map(session -> "/sessions/" + session.id() + "/continue").orElse("/sessions");
        JsonNode data = launched(daemon, path, body).path("data");
        String id = data.path("session_id").asText();
        data.path("warnings")
                .forEach(warning ->
                        invocation.terminal().err().println("patchbay: warning: " + FlagNames.words(warning.asText())));
        if (json) {
            invocation
                    .terminal()
                    .out()
                    .print(Json.pretty(Json.object()
                            .put("id", id)
                            .put("run_id", data.path("run_id").asText())));
        } else {
            invocation.terminal().out().println(id);
        }
        return ExitCode.OK;
    }

    private JsonNode launched(RunningDaemon daemon, String path, ObjectNode body) {
        try {
            return daemon.ask("POST", path, Optional.of(body));
        } catch (ConfigurationException refused) {
            throw withVariable(refused, daemon);
        }
    }

    /** A variable that is set here is of no use to a daemon that was started without it. */
    private ConfigurationException withVariable(ConfigurationException refused, RunningDaemon daemon) {
        List<Diagnostic> problems = new ArrayList<>();
        for (Diagnostic problem : refused.diagnostics()) {
            String text = problem.message() + " " + problem.help().orElse("");
            Optional<String> set = VARIABLE.matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> invocation
                            .environment()
                            .get(name)
                            .filter(value -> !value.isBlank())
                            .isPresent())
                    .findFirst();
            problems.add(set.map(name -> Diagnostic.error(problem.code(), problem.location(), problem.message())
                            .help(name + " is set here, but not in the daemon's environment of "
                                    + CLOCK.format(daemon.content().startedAt().atZone(ZoneId.systemDefault()))
                                    + "; run `patchbay daemon stop` and this again, or leave out " + OPTION)
                            .build())
                    .orElse(problem));
        }
        return new ConfigurationException(problems);
    }

    private static void ask(ObjectNode body, Question question) {
        StringBuilder text = new StringBuilder(question.text());
        ArrayNode files = Json.array();
        for (Attachment file : question.attachments()) {
            if (file.data().isPresent()) {
                files.addObject()
                        .put("name", file.name())
                        .put("data", file.data().get());
            } else if (file.block() instanceof ContentBlock.Text plain) {
                text.append(text.isEmpty() ? "" : "\n\n").append(plain.text());
            }
        }
        body.put("query", text.isEmpty() ? "(see the attachment)" : text.toString());
        if (!files.isEmpty()) {
            body.set("attachments", files);
        }
    }

    /** A JSON Schema as the API takes it. */
    static ObjectNode schema(String file) {
        return JsonValues.toObject(SchemaFile.read(file));
    }
}
