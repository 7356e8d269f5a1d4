package dev.patchbay.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.patchbay.client.ModelClient;
import dev.patchbay.client.ModelException;
import dev.patchbay.client.ModelStream;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What both kinds of models do: find the client that a request names, ask it, and say in LangChain4j's words what came of it. */
final class ModelCalls {

    private final ModelClient client;
    private final String name;
    private final ChatRequestParameters parameters;
    private final List<ChatModelListener> listeners;
    private final ModelProvider provider;
    private final Executor executor;

    ModelCalls(ModelSettings<?> settings) {
        String named = settings.model == null ? settings.parameters.modelName() : settings.model;
        this.client = settings.patchbay.client(named == null ? "" : named);
        this.name = named == null ? client.provider() + "/" + client.model().id() : named;
        this.parameters = settings.parameters.overrideWith(
                DefaultChatRequestParameters.builder().modelName(name).build());
        this.listeners = settings.listeners;
        this.provider = Providers.of(client.provider());
        this.executor = settings.executor;
    }

    ChatRequestParameters parameters() {
        return parameters;
    }

    List<ChatModelListener> listeners() {
        return listeners;
    }

    ModelProvider provider() {
        return provider;
    }

    Set<Capability> capabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    Executor executor() {
        return executor;
    }

    /**
     * Asks without a stream, and waits.
     *
     * @param opened told of the call before it waits, so that it can be ended
     */
    ChatResponse ask(ChatRequest request, Consumer<ModelStream> opened) {
        try (ModelStream stream = open(request, false)) {
            opened.accept(stream);
            while (next(stream).isPresent()) {
                // What comes is in the response.
            }
            return LangChain4jAnswers.response(stream.response());
        }
    }

    /**
     * Opens a stream; nothing is sent yet.
     *
     * @throws RuntimeException of LangChain4j, if the request cannot be sent
     */
    ModelStream open(ChatRequest request, boolean streamed) {
        try {
            ModelClient named = at(request.parameters().modelName());
            return named.stream(LangChain4jRequests.read(request, named, streamed));
        } catch (ConfigurationException unusable) {
            throw LangChain4jFailures.of(unusable);
        }
    }

    /** @throws RuntimeException of LangChain4j, if the answer fails */
    Optional<ChatEvent> next(ModelStream stream) {
        try {
            return stream.next();
        } catch (ProviderException failure) {
            throw LangChain4jFailures.of(ModelException.of(stream, failure));
        } catch (ConfigurationException unusable) {
            throw LangChain4jFailures.of(unusable);
        }
    }

    private ModelClient at(String modelName) {
        return modelName == null || modelName.equals(name) ? client : client.at(modelName);
    }
}
