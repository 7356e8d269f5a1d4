package dev.patchbay.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.SecretRef;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** What the author of a dialect tells {@link DialectContract} about it. */
public abstract class DialectFixture {

    /** What every secret of the contract holds: it must not show up where it does not belong. */
    protected static final String CANARY = "canary-of-the-contract";

    private final FakeProvider fake = FakeProvider.start();

    /** The dialect under test; a new one each time it is asked for. */
    protected abstract Dialect dialect();

    /**
     * How a provider that speaks this dialect answers with a text in several pieces. Each piece must be on the wire as it
     * is, in a piece of its own.
     *
     * <p>Default: {@link Answer#text}, right for what speaks OpenAI chat, OpenAI Responses or Anthropic Messages.
     */
    protected DeliveredAnswer<?> answering(String... pieces) {
        return Answer.text(pieces);
    }

    /** How such a provider refuses. Default: {@link Answer#error}. */
    protected DeliveredAnswer<?> refusing(int status, String message) {
        return Answer.error(status, "error", message);
    }

    /** Path of the base URL. Default: {@code /v1}. */
    protected String basePath() {
        return "/v1";
    }

    /** Values for the options that a definition cannot do without. Default: none. */
    protected Map<String, Object> requiredOptions() {
        return Map.of();
    }

    /** One case for each option that the dialect declares. Default: none, right for a dialect without options. */
    protected Map<String, OptionCase> optionCases() {
        return Map.of();
    }

    /** A request that the dialect can serve. Default: a question to {@code contract-model-1.5}. */
    protected ChatRequest request() {
        return ChatRequest.builder("contract-model-1.5")
                .message(ChatMessage.user("contract question"))
                .maxTokens(64)
                .build();
    }

    /**
     * Whether a request says a text to the provider.
     *
     * <p>Default: its target, one of its headers or its body holds the text, as it is or percent-encoded as in a URL or a
     * form. Override it for a protocol that writes texts in another way.
     */
    protected boolean carries(RecordedRequest request, String text) {
        return request.carries(text);
    }

    /**
     * How long the contract waits for what should happen within a second. Default: 5 seconds, for slow machines; only a
     * dialect that fails makes the contract wait.
     */
    protected Duration patience() {
        return Duration.ofSeconds(5);
    }

    /** The provider that the dialect talks to. */
    protected final FakeProvider fake() {
        return fake;
    }

    final TestDefinition definition() {
        return definition(Map.of());
    }

    final TestDefinition definition(Map<String, Object> options) {
        return definitionAt(fake.baseUrl(basePath()), options);
    }

    final TestDefinition definitionAt(URI baseUrl, Map<String, Object> options) {
        Dialect dialect = dialect();
        TestDefinition bare = dialect.needsBaseUrl() ? TestDefinition.of(dialect, baseUrl) : TestDefinition.of(dialect);
        return bare.options(requiredOptions()).options(options);
    }

    /** A host in which every secret is the canary. */
    final TestContext context(URI baseUrl, Map<String, Object> options) {
        TestContext context =
                dialect().needsBaseUrl() ? TestContext.of(baseUrl).key(CANARY) : TestContext.withoutNetwork();
        Map<String, Object> all = new HashMap<>(requiredOptions());
        all.putAll(options);
        for (Object value : all.values()) {
            if (value instanceof SecretRef reference) {
                context = context.secret(reference, CANARY);
            }
        }
        return context;
    }

    final ChatClient connect() {
        return connect(Map.of());
    }

    final ChatClient connect(Map<String, Object> options) {
        return connectTo(fake.baseUrl(basePath()), options);
    }

    final ChatClient connectTo(URI baseUrl, Map<String, Object> options) {
        return dialect().connect(definitionAt(baseUrl, options), context(baseUrl, options));
    }

    final boolean hasNetwork() {
        return dialect().needsBaseUrl();
    }

    final void assumeNetwork() {
        assumeTrue(hasNetwork(), "the dialect opens no connection");
    }

    @AfterEach
    final void stopProvider() {
        fake.close();
    }
}
