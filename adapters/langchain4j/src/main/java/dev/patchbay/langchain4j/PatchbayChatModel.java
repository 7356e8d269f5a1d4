package dev.patchbay.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.patchbay.Patchbay;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A model of any provider as LangChain4j's {@link ChatModel}.
 *
 * <pre>{@code
 * ChatModel model = PatchbayChatModel.of(patchbay, "groq/llama-3.3-70b-versatile");
 * }</pre>
 *
 * <p>Safe for use by several threads, and cheap: connections belong to the {@link Patchbay}, which the application closes. Retries and
 * fallbacks are those of the provider's file; nothing is retried here. A request that names another model with {@code modelName} goes to
 * that one, with its provider's own URL and key. Failures are exceptions of LangChain4j whose cause is a
 * {@link dev.patchbay.client.ModelException}.
 */
public final class PatchbayChatModel implements ChatModel {

    private final ModelCalls calls;

    private PatchbayChatModel(Builder builder) {
        this.calls = new ModelCalls(builder);
    }

    /**
     * A model without further settings.
     *
     * @param model as for {@link Patchbay#client(String)}
     * @throws dev.patchbay.diagnostic.ConfigurationException if it means nothing, or cannot work as configured
     */
    public static PatchbayChatModel of(Patchbay patchbay, String model) {
        return builder(patchbay).model(model).build();
    }

    /** Starts a model. */
    public static Builder builder(Patchbay patchbay) {
        return new Builder(requireNonNull(patchbay, "patchbay is null"));
    }

    /** Waits for the whole answer on the caller's thread; its interrupt ends the call. */
    @Override
    public ChatResponse doChat(ChatRequest request) {
        return calls.ask(request, stream -> {});
    }

    /** Waits on a thread of the executor; cancelling the future ends the call. */
    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
        return new AsyncAnswer(calls, request).start();
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return calls.parameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return calls.listeners();
    }

    @Override
    public ModelProvider provider() {
        return calls.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return calls.capabilities();
    }

    /** Collects a model's settings. Not safe for use by several threads. */
    public static final class Builder extends ModelSettings<Builder> {

        private Builder(Patchbay patchbay) {
            super(patchbay);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * The model.
         *
         * @throws dev.patchbay.diagnostic.ConfigurationException if it means nothing, or cannot work as configured
         */
        public PatchbayChatModel build() {
            return new PatchbayChatModel(this);
        }
    }
}
