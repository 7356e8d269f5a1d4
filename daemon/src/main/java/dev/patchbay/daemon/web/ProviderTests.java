package dev.patchbay.daemon.web;

import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.daemon.service.ProviderService;
import dev.patchbay.daemon.web.view.Figures;
import dev.patchbay.daemon.web.view.TestView;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.workbench.probe.Probe;
import dev.patchbay.workbench.probe.ProbeListener;
import dev.patchbay.workbench.probe.ProbeReport;
import dev.patchbay.workbench.probe.Step;
import dev.patchbay.workbench.probe.StepResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tests of providers that were begun from the page: what runs, and the last ones that ran. Safe for use by several threads. */
final class ProviderTests {

    private static final int KEPT = 20;
    private static final int MOST_AT_ONCE = 3;

    private final ProviderService providers;
    private final Map<String, Run> runs = new LinkedHashMap<>();

    ProviderTests(ProviderService providers) {
        this.providers = providers;
    }

    /** Begins a test; it goes on whoever looks. */
    synchronized TestView begin(String provider, Optional<String> model) {
        if (runs.values().stream().filter(Run::isRunning).count() >= MOST_AT_ONCE) {
            throw Problem.of(503, MOST_AT_ONCE + " tests run already: wait until one has ended");
        }
        Probe probe = providers.test(provider, model);
        Run run = new Run(UUID.randomUUID().toString(), probe);
        runs.put(run.id, run);
        if (runs.size() > KEPT) {
            runs.values().stream().filter(old -> !old.isRunning()).findFirst().ifPresent(old -> runs.remove(old.id));
        }
        Thread thread = new Thread(run, "patchbay-provider-test");
        thread.setDaemon(true);
        thread.start();
        return run.view();
    }

    /** A test as it stands; empty if it is not kept any more. */
    synchronized Optional<TestView> find(String id) {
        return Optional.ofNullable(runs.get(id)).map(Run::view);
    }

    private static final class Run implements Runnable, ProbeListener {

        private final String id;
        private final Probe probe;
        private final List<TestView.Row> steps = new ArrayList<>();
        private @Nullable ProbeReport report;
        private String failure = "";
        private boolean over;

        private Run(String id, Probe probe) {
            this.id = id;
            this.probe = probe;
        }

        @Override
        public void run() {
            try (Probe closed = probe) {
                end(closed.run(this), "");
            } catch (RuntimeException failed) {
                end(null, String.valueOf(Problem.of(failed).getMessage()));
            }
        }

        private synchronized void end(@Nullable ProbeReport result, String why) {
            report = result;
            failure = why;
            over = true;
        }

        private synchronized boolean isRunning() {
            return !over;
        }

        @Override
        public synchronized void began(Step step) {
            steps.add(new TestView.Row(step.label(), "running", "", "", ""));
        }

        @Override
        public synchronized void ended(StepResult result) {
            String label = result.step().label();
            steps.removeIf(step -> step.name().equals(label));
            steps.add(new TestView.Row(
                    label,
                    switch (result.state()) {
                        case OK -> "passed";
                        case FAILED -> "failed";
                        case SKIPPED -> "skipped";
                    },
                    Printable.text(result.detail()),
                    result.state() == StepResult.State.SKIPPED ? "" : Figures.duration(result.time()),
                    result.help().map(Printable::text).orElse("")));
        }

        @Override
        public synchronized void tryingAgain(Step step, String with) {
            steps.removeIf(row -> row.name().equals(step.label()));
            steps.add(new TestView.Row(step.label(), "running", "again, with " + Printable.text(with), "", ""));
        }

        private synchronized TestView view() {
            boolean isPassed = report != null && report.isPassed();
            String verdict = !over
                    ? ""
                    : !failure.isEmpty() ? failure : isPassed ? "It works." : "It does not work as it stands.";
            return new TestView(
                    probe.provider(),
                    id,
                    Printable.line(probe.model()),
                    !over,
                    isPassed,
                    List.copyOf(steps),
                    verdict,
                    report == null ? "" : Printable.text(report.suggestion().yaml()),
                    report == null
                            ? List.of()
                            : report.suggestion().hints().stream()
                                    .map(Printable::text)
                                    .toList());
        }
    }
}
