package dev.patchbay.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.patchbay.Patchbay;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What both kinds of models can be told.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ModelSettings<B extends ModelSettings<B>>
        permits PatchbayChatModel.Builder, PatchbayStreamingChatModel.Builder {

    final Patchbay patchbay;

    @Nullable String model;

    ChatRequestParameters parameters = DefaultChatRequestParameters.EMPTY;
    List<ChatModelListener> listeners = List.of();
    Executor executor;

    ModelSettings(Patchbay patchbay) {
        this.patchbay = patchbay;
        this.executor = patchbay.runtime().answerThreads();
    }

    abstract B self();

    /**
     * The model, as for {@link Patchbay#client(String)}. Default: that of {@link #defaultRequestParameters}, else the default provider's
     * default model.
     */
    public B model(String name) {
        this.model = requireNonNull(name, "name is null");
        return self();
    }

    /** What holds for every request that says nothing else; {@link PatchbayChatRequestParameters} can say more than LangChain4j's own. */
    public B defaultRequestParameters(ChatRequestParameters defaults) {
        this.parameters = requireNonNull(defaults, "defaults is null");
        return self();
    }

    /** Told of each request, and of its answer or failure. */
    public B listeners(List<ChatModelListener> all) {
        this.listeners = List.copyOf(all);
        return self();
    }

    /**
     * Runs what may not wait on the caller's thread: streams and asynchronous calls. One that carries the caller's context along (security,
     * logging, observation) makes it visible to handlers. Default: threads of the {@link Patchbay}, virtual where the JDK has them.
     */
    public B executor(Executor threads) {
        this.executor = requireNonNull(threads, "threads is null");
        return self();
    }
}
