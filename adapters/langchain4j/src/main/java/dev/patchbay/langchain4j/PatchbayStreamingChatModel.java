package dev.patchbay.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.patchbay.Patchbay;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;

/**
 * A model of any provider as LangChain4j's {@link StreamingChatModel}. What holds for {@link PatchbayChatModel} holds here.
 *
 * <p>An answer is read on a thread of its own, a virtual one where the JDK has them, unless an
 * {@linkplain ModelSettings#executor executor} is given; handlers are called there, one call at a time. After
 * {@code StreamingHandle.cancel()}, from any thread, the provider is left within a second and the handler is not called again.
 */
public final class PatchbayStreamingChatModel implements StreamingChatModel {

    private final ModelCalls calls;

    private PatchbayStreamingChatModel(Builder builder) {
        this.calls = new ModelCalls(builder);
    }

    /**
     * A model without further settings.
     *
     * @param model as for {@link Patchbay#client(String)}
     * @throws dev.patchbay.diagnostic.ConfigurationException if it means nothing, or cannot work as configured
     */
    public static PatchbayStreamingChatModel of(Patchbay patchbay, String model) {
        return builder(patchbay).model(model).build();
    }

    /** Starts a model. */
    public static Builder builder(Patchbay patchbay) {
        return new Builder(requireNonNull(patchbay, "patchbay is null"));
    }

    /** Returns at once; whatever goes wrong is told to the handler, once. */
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        requireNonNull(handler, "handler is null");
        new HandledAnswer(calls, request, handler).start();
    }

    /** Each subscriber asks anew; what it does not request is not read. Cancelling ends the call. */
    @Override
    public Flow.Publisher<ChatModelStreamingEvent> doChat(ChatRequest request) {
        return subscriber -> new PublishedAnswer(calls, request, subscriber).start();
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
        public PatchbayStreamingChatModel build() {
            return new PatchbayStreamingChatModel(this);
        }
    }
}
