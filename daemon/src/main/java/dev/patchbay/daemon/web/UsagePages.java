package dev.patchbay.daemon.web;

import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.daemon.web.view.Figures;
import dev.patchbay.daemon.web.view.UsageView;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.store.SqliteSessionStore;
import dev.patchbay.store.UsageLine;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What calls came to, of sessions and of the gateway: drawn by day, and as tables. */
final class UsagePages {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 120;
    private static final String UNKNOWN = "–";
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final Set<String> SPANS = Set.of("7", "30", "90");

    private final SqliteSessionStore store;
    private final Templates templates;
    private final PageFrames frames;
    private final Clock clock;

    UsagePages(SqliteSessionStore store, Templates templates, PageFrames frames, Clock clock) {
        this.store = store;
        this.templates = templates;
        this.frames = frames;
        this.clock = clock;
    }

    PageReply serve(PageCall call) {
        String span = call.parameter("days").orElse("30");
        if (!SPANS.contains(span)) {
            throw Problem.of(400, "usage is shown of 7, 30 or 90 days");
        }
        int days = Integer.parseInt(span);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
        LocalDate first = today.minusDays(days - 1L);
        Instant from = first.atStartOfDay(ZoneId.systemDefault()).toInstant();
        List<UsageLine> byDay = store.usage(UsageLine.By.DAY, from);
        long most = byDay.stream().mapToLong(UsageLine::calls).max().orElse(0);
        List<UsageLine> newestFirst = new ArrayList<>(byDay);
        newestFirst.sort(Comparator.comparing(UsageLine::group).reversed());
        UsageView view = new UsageView(
                days,
                bars(byDay, first, days, most),
                Figures.count(most),
                List.of(
                        table("By provider", "Provider", busiest(store.usage(UsageLine.By.PROVIDER, from))),
                        table("By model", "Model", busiest(store.usage(UsageLine.By.MODEL, from))),
                        table("By day", "Day", newestFirst)));
        return PageReply.html(
                200, templates.render("usage", Map.of("page", frames.of(call, "Usage", "usage", -1), "view", view)));
    }

    private static List<UsageLine> busiest(List<UsageLine> lines) {
        return lines.stream()
                .sorted(Comparator.comparingLong(UsageLine::calls).reversed())
                .toList();
    }

    private static List<UsageView.Bar> bars(List<UsageLine> byDay, LocalDate first, int days, long most) {
        Map<String, UsageLine> found = new HashMap<>();
        byDay.forEach(line -> found.put(line.group(), line));
        List<UsageView.Bar> bars = new ArrayList<>();
        int step = WIDTH / days;
        for (int i = 0; i < days; i++) {
            LocalDate day = first.plusDays(i);
            UsageLine line = found.get(day.toString());
            String label = i % Math.max(1, days / 7) == 0 ? SHORT.format(day) : "";
            bars.add(
                    line == null
                            ? new UsageView.Bar(i * step, step - 2, 0, 0, SHORT.format(day) + ": no calls", label)
                            : new UsageView.Bar(
                                    i * step,
                                    step - 2,
                                    height(line.calls(), most),
                                    height(line.failed(), most),
                                    title(day, line),
                                    label));
        }
        return bars;
    }

    private static int height(long calls, long most) {
        return calls == 0 ? 0 : (int) Math.max(2, calls * HEIGHT / most);
    }

    private static String title(LocalDate day, UsageLine line) {
        return SHORT.format(day) + ": " + line.calls() + (line.calls() == 1 ? " call" : " calls")
                + (line.failed() == 0 ? "" : ", " + line.failed() + " failed")
                + line.costUsd().map(cost -> ", " + Figures.usd(cost)).orElse("");
    }

    private static UsageView.Table table(String name, String heading, List<UsageLine> lines) {
        long all = lines.stream().mapToLong(UsageLine::calls).sum();
        return new UsageView.Table(
                name,
                heading,
                lines.stream()
                        .map(line -> new UsageView.Line(
                                Printable.line(line.group()),
                                Figures.count(line.calls()),
                                (int) (line.calls() * 100 / Math.max(1, all)),
                                line.failed() == 0 ? "" : Figures.count(line.failed()),
                                line.inputTokens().map(Figures::count).orElse(UNKNOWN),
                                line.outputTokens().map(Figures::count).orElse(UNKNOWN),
                                line.costUsd().map(Figures::usd).orElse(UNKNOWN)
                                        + (line.unpriced() > 0 && line.costUsd().isPresent() ? " +" : ""),
                                line.firstToken().map(Figures::duration).orElse(UNKNOWN)))
                        .toList());
    }
}
