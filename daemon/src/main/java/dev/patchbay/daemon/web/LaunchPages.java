package dev.patchbay.daemon.web;

import dev.patchbay.Patchbay;
import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.daemon.service.ProviderService;
import dev.patchbay.daemon.service.SessionService;
import dev.patchbay.daemon.web.view.Figures;
import dev.patchbay.daemon.web.view.LaunchView;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.internal.config.schema.UrlRules;
import dev.patchbay.internal.config.secret.KeyRules;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Model;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.workbench.curl.CurlText;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The form of a launch: providers by name, their models, attachments, and the request before it is sent. */
final class LaunchPages {

    /** Those of the user's own document, whose settings can be given for one session. */
    private static final List<String> KNOWN = List.of("anthropic", "openrouter", "baseten");

    private static final int MOST_MODELS = 400;

    private final SessionService sessions;
    private final ProviderService providers;
    private final Patchbay patchbay;
    private final Templates templates;
    private final PageFrames frames;

    LaunchPages(
            SessionService sessions,
            ProviderService providers,
            Patchbay patchbay,
            Templates templates,
            PageFrames frames) {
        this.sessions = sessions;
        this.providers = providers;
        this.patchbay = patchbay;
        this.templates = templates;
        this.frames = frames;
    }

    PageReply serve(PageCall call) {
        String part = call.path().size() > 1 ? call.path().get(1) : "";
        return switch (part) {
            case "" -> call.isPost() ? launch(call) : page(call, 200, "", "");
            // Without scripts the whole form comes, and never in an address: a question or a key may stand in it.
            case "models" ->
                call.isPost()
                        ? page(call, 200, "", "")
                        : PageReply.html(
                                200,
                                templates.render(
                                        "launchModels",
                                        Map.of(
                                                "models",
                                                models(call.parameter("provider")
                                                        .orElse(standard())))));
            case "request" -> request(call);
            default -> throw WebPages.nothingHere();
        };
    }

    /** The default provider; where there is none, one that can be asked. */
    private String standard() {
        RegistrySnapshot registry = providers.registry();
        return registry.chosenDefault()
                .filter(id -> registry.findNamed(id).isPresent())
                .or(() -> registry.readyToChoose().stream().findFirst())
                .orElseGet(registry::defaultProvider);
    }

    private PageReply page(PageCall call, int status, String problem, String request) {
        PageForm form = call.form();
        RegistrySnapshot registry = providers.registry();
        String provider =
                form.text("provider").or(() -> call.parameter("provider")).orElse(standard());
        LaunchView view = new LaunchView(
                KNOWN.stream()
                        .flatMap(id -> registry.findNamed(id).stream())
                        .map(this::choice)
                        .toList(),
                registry.providers().stream()
                        .filter(other -> !KNOWN.contains(other.id()) && other.state() != ProviderState.SHADOWED)
                        .map(this::choice)
                        .toList(),
                models(provider),
                provider,
                kept(form, "model").or(() -> call.parameter("model")).orElse(""),
                kept(form, "query").orElse(""),
                kept(form, "system_prompt").orElse(""),
                kept(form, "title").orElse(""),
                kept(form, "proxy_base_url")
                        .filter(url -> UrlRules.problem(url.strip()) == null)
                        .orElse(""),
                kept(form, "proxy_model_override").orElse(""),
                kept(form, "max_tokens").orElse(""),
                problem,
                request);
        return PageReply.html(
                status,
                templates.render("launch", Map.of("page", frames.of(call, "Launch", "launch", -1), "view", view)));
    }

    /** What was typed, but for a key. */
    private static Optional<String> kept(PageForm form, String name) {
        Optional<String> key = form.text("proxy_api_key").map(String::strip);
        return form.text(name)
                .filter(text -> key.filter(text::contains).isEmpty())
                .filter(text -> !KeyRules.isKeyInPlaceOfName(text.strip()));
    }

    private LaunchView.Choice choice(Provider provider) {
        String model = provider.definition()
                .flatMap(Definition::defaultModel)
                .map(Printable::line)
                .orElse("");
        return new LaunchView.Choice(
                provider.id(),
                provider.id() + (model.isEmpty() ? "" : " · " + model),
                provider.isReady(),
                provider.isReady() ? "" : provider.state().name().toLowerCase(Locale.ROOT));
    }

    private LaunchView.Models models(String provider) {
        try {
            List<Model> all = patchbay.models(provider);
            return new LaunchView.Models(
                    provider,
                    all.stream().limit(MOST_MODELS).map(LaunchPages::row).toList(),
                    Math.max(0, all.size() - MOST_MODELS),
                    "");
        } catch (RuntimeException unknown) {
            return new LaunchView.Models(
                    provider, List.of(), 0, String.valueOf(Problem.of(unknown).getMessage()));
        }
    }

    private static LaunchView.Row row(Model model) {
        return new LaunchView.Row(
                Printable.line(model.id()),
                model.context().isPresent() ? Figures.count(model.context().getAsInt()) : "",
                model.price()
                        .flatMap(Model.Price::input)
                        .map(LaunchPages::price)
                        .orElse(""),
                model.price()
                        .flatMap(Model.Price::output)
                        .map(LaunchPages::price)
                        .orElse(""));
    }

    private static String price(BigDecimal perMillion) {
        return "$" + perMillion.stripTrailingZeros().toPlainString();
    }

    private PageReply launch(PageCall call) {
        try {
            SessionRecord session = sessions.launch(asked(call.form())).session();
            return PageReply.to(call, "/sessions/" + WebAddress.encoded(session.id()) + "?sent=launch");
        } catch (RuntimeException refused) {
            Problem problem = Problem.of(refused);
            String why = why(problem);
            return call.isFragment()
                    ? PageReply.html(problem.status(), templates.render("problemNote", Map.of("text", why)))
                    : page(call, problem.status(), why, "");
        }
    }

    private static String why(Problem problem) {
        return problem.getMessage() + problem.help().map(help -> "\n" + help).orElse("");
    }

    /** Nothing is sent, and no key is looked up. */
    private PageReply request(PageCall call) {
        String shown = "";
        String why = "";
        try {
            LaunchRequest request = asked(call.form());
            shown = patchbay.preview(request)
                    .map(preview -> CurlText.of(preview, http(call.form())))
                    .orElse("");
            why = shown.isEmpty() ? "A plugin makes the requests of this provider, which nobody else knows." : "";
        } catch (RuntimeException refused) {
            why = why(Problem.of(refused));
        }
        return call.isFragment()
                ? PageReply.html(
                        200,
                        why.isEmpty()
                                ? templates.render("launchRequest", Map.of("request", Printable.text(shown)))
                                : templates.render("problemNote", Map.of("text", why)))
                : page(call, 200, why, Printable.text(shown));
    }

    private HttpSettings http(PageForm form) {
        return form.text("proxy_base_url").isPresent()
                ? HttpSettings.DEFAULT
                : providers
                        .registry()
                        .findNamed(form.text("provider").orElse(standard()))
                        .flatMap(Provider::definition)
                        .map(Definition::http)
                        .orElse(HttpSettings.DEFAULT);
    }

    private static LaunchRequest asked(PageForm form) {
        LaunchRequest.Builder request = LaunchRequest.query(
                form.text("query").orElseThrow(() -> Problem.field("query", "the question is empty")));
        form.text("provider").ifPresent(request::provider);
        form.text("model").ifPresent(model -> request.model(model.strip()));
        form.text("title").ifPresent(request::title);
        form.text("system_prompt").ifPresent(request::systemPrompt);
        form.text("max_tokens").ifPresent(number -> request.maxTokens(number(number)));
        form.text("proxy_base_url").ifPresent(url -> request.proxyEnabled(true).proxyBaseUrl(url.strip()));
        form.text("proxy_model_override").ifPresent(model -> request.proxyModelOverride(model.strip()));
        form.text("proxy_api_key").ifPresent(key -> request.proxyEnabled(true).proxyApiKey(key.strip()));
        form.uploads().forEach(file -> request.content(block(file)));
        return request.build();
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Said below.
        }
        throw Problem.field("max_tokens", "must be a whole number from 1");
    }

    private static ContentBlock block(PageForm.Upload file) {
        String type = file.mediaType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (Conversation.PICTURES.contains(type)) {
            return ContentBlock.image(base64(type, file));
        }
        if (type.equals("application/pdf")) {
            return ContentBlock.document(base64(type, file));
        }
        return text(file)
                .<ContentBlock>map(text -> ContentBlock.text(file.name() + ":\n\n" + text))
                .orElseThrow(() -> Problem.field(
                        "attachments",
                        file.name() + " is neither text nor a picture (PNG, JPEG, GIF, WebP) nor a PDF"));
    }

    private static MediaSource base64(String type, PageForm.Upload file) {
        return MediaSource.base64(type, Base64.getEncoder().encodeToString(file.content()));
    }

    private static Optional<String> text(PageForm.Upload file) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file.content()))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
