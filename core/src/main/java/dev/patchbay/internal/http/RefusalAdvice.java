package dev.patchbay.internal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.config.schema.DurationText;
import dev.patchbay.internal.route.OperationTarget;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import java.time.Duration;
import java.util.Optional;

/** What the user can do about a provider's refusal (provider-files.md, section 5). */
final class RefusalAdvice {

    private final Route route;
    private final OperationTarget target;
    private final ObjectNode sent;
    private final String method;

    /** @param sent the body of the request that was refused */
    RefusalAdvice(Route route, OperationTarget target, ObjectNode sent) {
        this(route, target, sent, "POST");
    }

    private RefusalAdvice(Route route, OperationTarget target, ObjectNode sent, String method) {
        this.route = route;
        this.target = target;
        this.sent = sent;
        this.method = method;
    }

    /** On a request for a document, which has no body and names no model. */
    static RefusalAdvice onDocument(Route route, OperationTarget target) {
        return new RefusalAdvice(route, target, Json.object(), "GET");
    }

    /** The same failure with advice, if the provider answered it and it has none yet. */
    ProviderException addTo(ProviderException failure) {
        boolean answered = failure.status().isPresent() || failure.kind() == ProviderException.Kind.SERVER;
        boolean open = answered && failure.help().isEmpty();
        Optional<String> advice = open ? on(failure) : Optional.empty();
        if (advice.isEmpty()) {
            return failure;
        }
        ProviderException.Builder builder = ProviderException.builder(
                        failure.kind(), String.valueOf(failure.getMessage()))
                .help(advice.get())
                .retryable(failure.isRetryable());
        failure.status().ifPresent(builder::status);
        failure.retryAfter().ifPresent(builder::retryAfter);
        failure.requestId().ifPresent(builder::requestId);
        Optional.ofNullable(failure.getCause()).ifPresent(builder::cause);
        return builder.build();
    }

    private Optional<String> on(ProviderException failure) {
        String words = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case AUTH -> Optional.of(failure.status().orElse(401) == 403 ? forbidden() : key());
            case QUOTA -> Optional.of("the account has no credit left" + keyUrl(": see "));
            case RATE_LIMIT -> Optional.of(wait(failure) + ", or use another provider or model");
            case OVERLOADED, SERVER ->
                Optional.of("the provider failed, not your request: " + wait(failure)
                        + ", or use another provider; it was asked at " + url() + statusUrl());
            case NOT_FOUND -> Optional.of(notFound());
            case CONTEXT_LENGTH -> Optional.of("shorten the conversation, or use a model that reads more");
            case INVALID_REQUEST ->
                RefusedParameter.remedy(words, sent)
                        .map(remedy -> "to keep it out of the request, add to provider '" + route.provider() + "': "
                                + remedy.yaml());
            case TIMEOUT, NETWORK, CANCELLED -> Optional.empty();
        };
    }

    private String key() {
        Optional<SecretValue> key = target.auth().key();
        if (key.isEmpty()) {
            return "no key was sent: write apiKey: $NAME into provider '" + route.provider() + "'"
                    + keyUrl("; keys are at ");
        }
        return "the key was " + named(key.get()) + ", sent to " + target.origin() + keyUrl("; get a valid one at ");
    }

    /** A key that stands in no file came with the launch, under the name of a setting. */
    private static String named(SecretValue key) {
        return key.location().line() == 0 ? "the one of " + key.location() : key.reference() + " at " + key.location();
    }

    private String forbidden() {
        String used = target.auth().key().map(key -> " (" + named(key) + ")").orElse("");
        return "the key" + used + " may not do this: check its rights, the model " + route.upstreamModel()
                + ", and whether the provider serves your region" + keyUrl("; keys are at ");
    }

    private String notFound() {
        String model = method.equals("POST") ? "the name of the model, " + route.upstreamModel() + ", and " : "";
        return method + " " + url() + " was called: check " + model
                + "baseUrl, which is everything before the operation's path and for most providers ends in /v1";
    }

    private String keyUrl(String before) {
        return route.definition().keyUrl().map(url -> before + url).orElse("");
    }

    private String statusUrl() {
        return route.definition()
                .statusUrl()
                .map(url -> "; whether it is up: " + url)
                .orElse("");
    }

    private String url() {
        return PrintableUrl.of(target.url());
    }

    private static String wait(ProviderException failure) {
        return failure.retryAfter()
                .map(wait -> "try again in " + DurationText.words(wholeSeconds(wait)))
                .orElse("try again later");
    }

    private static Duration wholeSeconds(Duration wait) {
        return Duration.ofSeconds(Math.max(1, (wait.toMillis() + 999) / 1000));
    }
}
