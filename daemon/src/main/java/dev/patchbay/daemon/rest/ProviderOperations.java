package dev.patchbay.daemon.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.service.ProviderService;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.http.PrintableUrl;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.workbench.probe.Probe;
import dev.patchbay.workbench.probe.ProbeListener;
import dev.patchbay.workbench.probe.ProbeReport;
import dev.patchbay.workbench.probe.Step;
import dev.patchbay.workbench.probe.StepResult;
import dev.patchbay.workbench.probe.SuggestedSetting;
import dev.patchbay.workbench.probe.Suggestion;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;

/** Providers over REST. No secret is among what is told: of a key, the reference to it. */
final class ProviderOperations {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ProviderService providers;

    @Inject
    ProviderOperations(ProviderService providers) {
        this.providers = providers;
    }

    void addTo(ApiRoutes routes) {
        routes.add(HttpMethod.GET, "/providers", call -> list(providers.registry()))
                .add(HttpMethod.POST, "/providers/reload", call -> list(providers.reload()))
                .add(HttpMethod.GET, "/providers/{id}", call -> Reply.data(200, full(providers.require(call.id()))))
                .add(HttpMethod.POST, "/providers/{id}/test", this::test);
    }

    private Reply list(RegistrySnapshot registry) {
        ObjectNode json = Json.object();
        ArrayNode data = json.putArray("data");
        registry.providers().forEach(provider -> data.add(summary(provider)));
        json.put("default_provider", registry.chosenDefault().orElse(null));
        ArrayNode skipped = json.putArray("skipped");
        registry.skipped()
                .forEach(file -> skipped.addObject()
                        .put("file", file.file().toString())
                        .put("reason", file.reason())
                        .put("looks_meant", file.looksMeant()));
        json.put(
                "errors",
                registry.diagnostics().stream().filter(Diagnostic::isError).count());
        return Reply.json(200, json);
    }

    private ObjectNode summary(Provider provider) {
        ObjectNode json = Json.object();
        json.put("id", provider.id())
                .put("state", provider.state().name())
                .put("layer", provider.layer().word())
                .put("file", provider.location().source());
        if (provider.location().line() > 0) {
            json.put("line", provider.location().line())
                    .put("column", provider.location().column());
        }
        providers.reason(provider).ifPresent(reason -> json.put("reason", reason));
        provider.definition().ifPresent(definition -> {
            definition.defaultModel().ifPresent(model -> json.put("default_model", model));
            definition.baseUrl().ifPresent(url -> json.put("base_url", PrintableUrl.of(url)));
        });
        return json;
    }

    private ObjectNode full(Provider provider) {
        ObjectNode json = summary(provider);
        provider.definition().ifPresent(definition -> json.set("definition", definition(definition)));
        ArrayNode problems = json.putArray("problems");
        provider.problems().forEach(problem -> problems.add(problem(problem)));
        return json;
    }

    private static ObjectNode problem(Diagnostic problem) {
        JsonNode json = MAPPER.valueToTree(problem.toMap());
        return Names.snakeCase((ObjectNode) json);
    }

    private static ObjectNode definition(Definition definition) {
        ObjectNode json = Json.object();
        definition.name().ifPresent(name -> json.put("name", name));
        json.put("dialect", definition.dialect());
        definition.baseUrl().ifPresent(url -> json.put("baseUrl", PrintableUrl.of(url)));
        definition.keyUrl().ifPresent(url -> json.put("keyUrl", url.toString()));
        definition.auth().ifPresent(auth -> json.set("auth", auth(auth)));
        definition.defaultModel().ifPresent(model -> json.put("defaultModel", model));
        ArrayNode models = json.putArray("models");
        definition.models().keySet().forEach(models::add);
        ObjectNode aliases = json.putObject("aliases");
        definition.aliases().forEach(aliases::put);
        return json;
    }

    private static ObjectNode auth(Auth auth) {
        ObjectNode json = Json.object().put("type", auth.type());
        auth.header().ifPresent(header -> json.put("header", header));
        auth.key().ifPresent(key -> json.put("key", key.reference().toString()));
        return json;
    }

    private Reply test(Call call) {
        Fields fields = call.fields();
        Optional<String> model = fields.text("model");
        fields.require();
        try (Probe probe = providers.test(call.id(), model)) {
            return Reply.data(200, json(probe, probe.run(new Unheard())));
        }
    }

    private static ObjectNode json(Probe probe, ProbeReport report) {
        ObjectNode json = Json.object();
        json.put("provider", report.provider())
                .put("dialect", report.dialect())
                .put("model", report.model())
                .put("url", probe.url().orElse(""))
                .put("passed", report.isPassed())
                .put("interrupted", report.interrupted());
        json.putObject("calls")
                .put("planned", probe.calls())
                .put("at_most", probe.mostCalls())
                .put("made", report.calls());
        ArrayNode steps = json.putArray("steps");
        report.steps().forEach(step -> steps.add(step(step)));
        json.set("suggestion", suggestion(report.suggestion()));
        return json;
    }

    private static ObjectNode step(StepResult result) {
        ObjectNode json = Json.object();
        json.put("name", result.step().label())
                .put("state", result.state().name())
                .put("detail", result.detail())
                .put("millis", result.time().toMillis());
        result.failure().ifPresent(failure -> json.set("error", error(failure)));
        return json;
    }

    private static ObjectNode error(ProviderException failure) {
        ObjectNode json = Json.object().put("type", failure.kind().name().toLowerCase(Locale.ROOT));
        failure.status().ifPresent(status -> json.put("status", status));
        json.put("message", String.valueOf(failure.getMessage()));
        failure.help().ifPresent(help -> json.put("hint", help));
        return json;
    }

    private static ObjectNode suggestion(Suggestion suggestion) {
        ObjectNode json = Json.object().put("where", suggestion.where()).put("yaml", suggestion.yaml());
        ArrayNode changes = json.putArray("changes");
        for (SuggestedSetting change : suggestion.changes()) {
            ObjectNode one = changes.addObject();
            ArrayNode path = one.putArray("path");
            change.path().forEach(path::add);
            one.set("value", MAPPER.valueToTree(change.value()));
            one.put("proven", change.proven()).put("reason", change.reason());
        }
        ArrayNode hints = json.putArray("hints");
        suggestion.hints().forEach(hints::add);
        return json;
    }

    /** Nobody looks on. */
    private static final class Unheard implements ProbeListener {

        @Override
        public void began(Step step) {}

        @Override
        public void tryingAgain(Step step, String with) {}

        @Override
        public void ended(StepResult result) {}
    }
}
