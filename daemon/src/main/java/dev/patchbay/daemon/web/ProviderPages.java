package dev.patchbay.daemon.web;

import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.daemon.service.ProviderService;
import dev.patchbay.daemon.web.view.ProviderLine;
import dev.patchbay.daemon.web.view.ProviderList;
import dev.patchbay.daemon.web.view.ProviderView;
import dev.patchbay.daemon.web.view.TestView;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.diagnostic.TextRenderer;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.workbench.explain.ExplainedValue;
import dev.patchbay.workbench.explain.Explainer;
import dev.patchbay.workbench.explain.Explanation;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Providers: where they stand, what they are made of, what is wrong, and a test of each. Nothing here writes a file. */
final class ProviderPages {

    private static final int RELOAD_SECONDS = 2;

    private final ProviderService providers;
    private final ProviderTests tests;
    private final Templates templates;
    private final PageFrames frames;

    ProviderPages(ProviderService providers, Templates templates, PageFrames frames) {
        this.providers = providers;
        this.tests = new ProviderTests(providers);
        this.templates = templates;
        this.frames = frames;
    }

    PageReply serve(PageCall call) {
        List<String> path = call.path();
        if (path.size() == 1) {
            return list(call);
        }
        if (path.size() == 2) {
            return page(call, path.get(1));
        }
        if (!path.get(2).equals("test")) {
            throw WebPages.nothingHere();
        }
        return call.isPost() ? test(call, path.get(1)) : result(call);
    }

    private PageReply list(PageCall call) {
        RegistrySnapshot registry = providers.registry();
        ProviderList view = new ProviderList(
                registry.providers().stream()
                        .map(provider -> line(registry, provider))
                        .toList(),
                registry.diagnostics().stream().map(TextRenderer::render).toList(),
                registry.presets().stream().flatMap(id -> preset(registry, id)).toList());
        return PageReply.html(
                200,
                templates.render(
                        "providers", Map.of("page", frames.of(call, "Providers", "providers", -1), "view", view)));
    }

    /** A preset that is no provider yet. */
    private Stream<ProviderList.Preset> preset(RegistrySnapshot registry, String id) {
        if (registry.find(id).isPresent()) {
            return Stream.empty();
        }
        return registry
                .findNamed(id)
                .filter(provider -> provider.isReady() || provider.state() == ProviderState.UNAVAILABLE)
                .map(provider -> new ProviderList.Preset(
                        id,
                        provider.definition()
                                .flatMap(Definition::name)
                                .map(Printable::line)
                                .orElse(""),
                        provider.isReady()
                                ? "ready"
                                : provider.reason().map(Printable::line).orElse("")))
                .stream();
    }

    private ProviderLine line(RegistrySnapshot registry, Provider provider) {
        Optional<Definition> definition = provider.definition();
        return new ProviderLine(
                provider.id(),
                definition.flatMap(Definition::name).map(Printable::line).orElse(""),
                provider.state().name().toLowerCase(Locale.ROOT),
                provider.layer().word(),
                definition.map(Definition::dialect).map(Printable::line).orElse(""),
                definition
                        .flatMap(Definition::baseUrl)
                        .map(URI::toString)
                        .map(Printable::line)
                        .orElse(""),
                definition
                        .flatMap(Definition::defaultModel)
                        .map(Printable::line)
                        .orElse(""),
                providers.reason(provider).map(Printable::line).orElse(""),
                provider.state() != ProviderState.SHADOWED
                        && registry.chosenDefault()
                                .filter(provider.id()::equals)
                                .isPresent());
    }

    private PageReply page(PageCall call, String id) {
        Optional<TestView> test = call.parameter("test").flatMap(tests::find);
        Provider provider = providers.require(id);
        ProviderView view = new ProviderView(
                line(providers.registry(), provider),
                Printable.line(provider.location().toString()),
                Explainer.explain(provider).map(ProviderPages::rows).orElse(List.of()),
                provider.problems().stream().map(TextRenderer::render).toList(),
                yaml(provider),
                "providers/" + id + ".yaml",
                test.orElse(null));
        boolean isRunning = test.filter(TestView::isRunning).isPresent();
        return PageReply.html(
                200,
                templates.render(
                        "provider",
                        Map.of(
                                "page",
                                frames.of(call, id, "providers", -1, isRunning ? RELOAD_SECONDS : 0),
                                "view",
                                view)));
    }

    private static List<ProviderView.Row> rows(Explanation explanation) {
        return explanation.leaves().stream()
                .filter(ExplainedValue::isThere)
                .map(ProviderPages::row)
                .toList();
    }

    private static ProviderView.Row row(ExplainedValue value) {
        return new ProviderView.Row(
                Printable.line(value.name()),
                Printable.text(value.value()),
                value.decidedBy()
                        .map(by -> by.layer().word() + " · "
                                + Printable.line(by.location().toString()))
                        .orElse(""),
                value.overrode().stream()
                        .map(lost -> Printable.line(
                                lost.value() + " of " + lost.layer().word() + " · " + lost.location()))
                        .toList(),
                value.note().map(Printable::line).orElse(""),
                Explanation.meaning(value.name()).orElse(""));
    }

    /** What a person puts into a file of their own, to change it. */
    private static String yaml(Provider provider) {
        boolean isPreset = provider.layer().word().equals("preset");
        return "providers:\n  " + provider.id() + ":\n"
                + (isPreset ? "    extends: preset:" + provider.id() + "\n" : "")
                + "    # defaultModel: …\n    # http: {timeout: 2m}\n";
    }

    private PageReply test(PageCall call, String id) {
        TestView test;
        try {
            test = tests.begin(id, call.form().text("model").map(String::strip));
        } catch (RuntimeException refused) {
            Problem problem = Problem.of(refused);
            if (call.isFragment()) {
                return PageReply.html(
                        problem.status(),
                        templates.render("problemNote", Map.of("text", String.valueOf(problem.getMessage()))));
            }
            throw problem;
        }
        return call.isFragment()
                ? fragment(test)
                : PageReply.to(call, "/providers/" + WebAddress.encoded(id) + "?test=" + test.run());
    }

    private PageReply result(PageCall call) {
        return fragment(call.parameter("run").flatMap(tests::find).orElseThrow(WebPages::nothingHere));
    }

    private PageReply fragment(TestView test) {
        return PageReply.html(200, templates.render("providerTest", new HashMap<>(Map.of("test", test))));
    }
}
