package dev.patchbay.cli.session;

import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.cli.json.JsonText;
import dev.patchbay.cli.terminal.Table;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.store.UsageLine;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Says what calls to providers came to. */
public final class UsageCommand implements Command {

    private static final String BY = "--by";
    private static final String JSON = "--json";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("usage");
        spec.addOption(Specs.option(BY, "GROUP", "day, provider or model; default: day."));
        spec.addOption(Specs.flag(JSON, "Print one JSON object."));
        return Specs.help(
                spec,
                "patchbay usage [OPTIONS]",
                "Say what calls to providers came to: how many, tokens, cost. It is reported to nobody.",
                "patchbay usage",
                "patchbay usage --by model --json");
    }

    @Override
    public int run(Invocation invocation) {
        UsageLine.By by = by(invocation.value(BY).orElse("day"));
        Optional<SqliteSessionStore> open = SessionFile.open(invocation);
        List<UsageLine> lines = List.of();
        if (open.isPresent()) {
            try (SqliteSessionStore store = open.get()) {
                lines = store.usage(by, Instant.EPOCH);
            }
        }
        String name = by.name().toLowerCase(Locale.ROOT);
        if (invocation.has(JSON)) {
            invocation
                    .terminal()
                    .out()
                    .lines(JsonText.write(new JsonObject()
                            .put(
                                    "data",
                                    lines.stream().map(line -> json(name, line)).toList())
                            .toMap()));
        } else if (lines.isEmpty()) {
            invocation.terminal().err().println("patchbay: no calls yet");
        } else {
            invocation
                    .terminal()
                    .out()
                    .print(text(name, lines, invocation.terminal().columns()));
        }
        return ExitCode.OK;
    }

    private static UsageLine.By by(String word) {
        for (UsageLine.By by : UsageLine.By.values()) {
            if (by.name().equalsIgnoreCase(word)) {
                return by;
            }
        }
        throw new UsageException(BY + " wants day, provider or model");
    }

    private static String text(String name, List<UsageLine> lines, int columns) {
        Table table = new Table(
                name.toUpperCase(Locale.ROOT), "CALLS", "FAILED", "TOKENS IN", "TOKENS OUT", "FIRST TOKEN", "COST");
        for (UsageLine line : lines) {
            table.row(
                    line.group(),
                    String.valueOf(line.calls()),
                    String.valueOf(line.failed()),
                    line.inputTokens().map(String::valueOf).orElse("unknown"),
                    line.outputTokens().map(String::valueOf).orElse("unknown"),
                    line.firstToken().map(UsageCommand::seconds).orElse("unknown"),
                    cost(line));
        }
        return table.render(columns);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }

    private static String cost(UsageLine line) {
        String known = line.costUsd().map(cost -> "$" + cost.toPlainString()).orElse("unknown");
        return line.costUsd().isPresent() && line.unpriced() > 0
                ? known + " and " + line.unpriced() + " without a price"
                : known;
    }

    private static Map<String, Object> json(String name, UsageLine line) {
        return new JsonObject()
                .put(name, line.group())
                .put("calls", line.calls())
                .put("failed", line.failed())
                .put("inputTokens", line.inputTokens())
                .put("outputTokens", line.outputTokens())
                .put("costUsd", line.costUsd().map(BigDecimal::stripTrailingZeros))
                .put("callsWithoutCost", line.unpriced())
                .put("firstTokenMs", line.firstToken().map(Duration::toMillis))
                .toMap();
    }
}
