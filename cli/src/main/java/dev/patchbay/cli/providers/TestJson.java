package dev.patchbay.cli.providers;

import dev.patchbay.cli.json.JsonObject;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.workbench.probe.Probe;
import dev.patchbay.workbench.probe.ProbeReport;
import dev.patchbay.workbench.probe.StepResult;
import dev.patchbay.workbench.probe.SuggestedSetting;
import dev.patchbay.workbench.probe.Suggestion;
import java.util.Locale;
import java.util.Map;

/** A test as one object. */
final class TestJson {

    private TestJson() {}

    static Map<String, Object> of(Probe probe, ProbeReport report) {
        Map<String, Object> calls = new JsonObject()
                .put("planned", probe.calls())
                .put("atMost", probe.mostCalls())
                .put("made", report.calls())
                .toMap();
        return new JsonObject()
                .put("provider", report.provider())
                .put("dialect", report.dialect())
                .put("model", report.model())
                .put("url", probe.url())
                .put("passed", report.isPassed())
                .put("interrupted", report.interrupted())
                .put("calls", calls)
                .put("steps", report.steps().stream().map(TestJson::step).toList())
                .put("suggestion", suggestion(report.suggestion()))
                .toMap();
    }

    private static Map<String, Object> step(StepResult result) {
        return new JsonObject()
                .put("name", result.step().label())
                .put("state", result.state().name())
                .put("detail", result.detail())
                .put("millis", result.time().toMillis())
                .put("error", result.failure().map(TestJson::error))
                .toMap();
    }

    private static Map<String, Object> error(ProviderException failure) {
        return new JsonObject()
                .put("type", failure.kind().name().toLowerCase(Locale.ROOT))
                .put("status", failure.status())
                .put("message", String.valueOf(failure.getMessage()))
                .put("hint", failure.help())
                .toMap();
    }

    private static Map<String, Object> suggestion(Suggestion suggestion) {
        return new JsonObject()
                .put("where", suggestion.where())
                .put("yaml", suggestion.yaml())
                .put(
                        "changes",
                        suggestion.changes().stream().map(TestJson::change).toList())
                .put("hints", suggestion.hints())
                .toMap();
    }

    private static Map<String, Object> change(SuggestedSetting change) {
        return new JsonObject()
                .put("path", change.path())
                .put("value", change.value())
                .put("proven", change.proven())
                .put("reason", change.reason())
                .toMap();
    }
}
