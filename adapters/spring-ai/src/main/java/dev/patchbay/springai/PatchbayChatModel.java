package dev.patchbay.springai;

import static java.util.Objects.requireNonNull;

import dev.patchbay.Patchbay;
import dev.patchbay.client.ModelClient;
import dev.patchbay.client.ModelException;
import dev.patchbay.client.ModelStream;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.chat.observation.ChatModelObservationDocumentation;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A model of any provider as Spring AI's {@link ChatModel}.
 *
 * <p>Safe for use by several threads, and cheap: connections belong to the {@link Patchbay}, which the application closes. Retries and
 * fallbacks are those of the provider's file; nothing is retried here. Options that name another model lead there, with its provider's own
 * URL and key. Tools are called by Spring AI's {@code ChatClient}, as of its version 2. Failures are Spring AI's
 * {@code TransientAiException} and {@code NonTransientAiException}, whose cause is a {@link ModelException}.
 */
public final class PatchbayChatModel implements ChatModel {

    private static final ChatModelObservationConvention USUAL = new DefaultChatModelObservationConvention();

    private final ModelClient client;
    private final PatchbayChatOptions options;
    private final ObservationRegistry observations;
    private final ChatModelObservationConvention convention;
    private final Scheduler scheduler;

    private PatchbayChatModel(Builder builder) {
        String named = builder.options.getModel();
        this.client = builder.patchbay.client(named == null ? "" : named);
        this.options = named == null
                ? builder.options
                        .mutate()
                        .model(client.provider() + "/" + client.model().id())
                        .build()
                : builder.options;
        this.observations = builder.observations;
        this.convention = builder.convention;
        this.scheduler = builder.scheduler;
    }

    /**
     * A model without further settings.
     *
     * @param model as for {@link Patchbay#client(String)}
     * @throws ConfigurationException if it means nothing, or cannot work as configured
     */
    public static PatchbayChatModel of(Patchbay patchbay, String model) {
        return builder(patchbay)
                .options(PatchbayChatOptions.builder().model(model).build())
                .build();
    }

    /** Starts a model. */
    public static Builder builder(Patchbay patchbay) {
        return new Builder(requireNonNull(patchbay, "patchbay is null"));
    }

    @Override
    public ChatOptions getOptions() {
        return options;
    }

    /** Waits for the whole answer on the caller's thread; its interrupt ends the call. */
    @Override
    public ChatResponse call(Prompt prompt) {
        Prompt asked = SpringAiRequests.withDefaults(prompt, options);
        ChatModelObservationContext context = context(asked, false);
        Observation observation = ChatModelObservationDocumentation.CHAT_MODEL_OPERATION.observation(
                convention, USUAL, () -> context, observations);
        return requireNonNull(observation.observe((Supplier<ChatResponse>) () -> {
            try (ModelStream stream = open(asked, false)) {
                while (next(stream).isPresent()) {
                    // What comes is in the response.
                }
                ChatResponse response = SpringAiAnswers.whole(stream.response());
                context.setResponse(response);
                return response;
            }
        }));
    }

    /** Each subscriber asks anew, on a thread of the scheduler. Disposing of the subscription ends the call within a second. */
    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        Prompt asked = SpringAiRequests.withDefaults(prompt, options);
        return Flux.deferContextual(view -> {
            ChatModelObservationContext context = context(asked, true);
            Observation observation = ChatModelObservationDocumentation.CHAT_MODEL_OPERATION.observation(
                    convention, USUAL, () -> context, observations);
            observation.parentObservation(
                    view.getOrDefault(ObservationThreadLocalAccessor.KEY, observations.getCurrentObservation()));
            observation.start();
            return answer(asked, context)
                    .doOnError(observation::error)
                    .doFinally(end -> observation.stop())
                    .contextWrite(inner -> inner.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    private Flux<ChatResponse> answer(Prompt asked, ChatModelObservationContext context) {
        return Flux.using(
                        () -> new StreamedResponses(open(asked, true)),
                        answer -> Flux.<ChatResponse>generate(sink -> {
                            try {
                                Optional<ChatResponse> piece = answer.next(this::next);
                                piece.ifPresentOrElse(sink::next, () -> {
                                    context.setResponse(SpringAiAnswers.whole(answer.response()));
                                    sink.complete();
                                });
                            } catch (RuntimeException failure) {
                                sink.error(failure);
                            }
                        }),
                        StreamedResponses::close)
                .subscribeOn(scheduler);
    }

    private ChatModelObservationContext context(Prompt prompt, boolean streaming) {
        return ChatModelObservationContext.builder()
                .prompt(prompt)
                .provider(client.provider())
                .streaming(streaming)
                .build();
    }

    private ModelStream open(Prompt prompt, boolean streamed) {
        try {
            ChatOptions asked = requireNonNull(prompt.getOptions());
            String model = asked.getModel();
            ModelClient named = model == null || model.equals(options.getModel()) ? client : client.at(model);
            return named.stream(SpringAiRequests.read(prompt, asked, named, streamed));
        } catch (ConfigurationException unusable) {
            throw SpringAiFailures.of(unusable);
        }
    }

    private Optional<ChatEvent> next(ModelStream stream) {
        try {
            return stream.next();
        } catch (ProviderException failure) {
            throw SpringAiFailures.of(ModelException.of(stream, failure));
        } catch (ConfigurationException unusable) {
            throw SpringAiFailures.of(unusable);
        }
    }

    @Override
    public String toString() {
        return "PatchbayChatModel[" + options.getModel() + "]";
    }

    /** Collects a model's settings. Not safe for use by several threads. */
    public static final class Builder {

        private final Patchbay patchbay;
        private PatchbayChatOptions options = PatchbayChatOptions.builder().build();
        private ObservationRegistry observations = ObservationRegistry.NOOP;
        private ChatModelObservationConvention convention = USUAL;
        private Scheduler scheduler;

        private Builder(Patchbay patchbay) {
            this.patchbay = patchbay;
            this.scheduler = Schedulers.fromExecutor(patchbay.runtime().answerThreads());
        }

        /** What holds for every prompt that says nothing else; its model is the one that is asked. Default: the default provider's. */
        public Builder options(PatchbayChatOptions defaults) {
            this.options = requireNonNull(defaults, "defaults is null");
            return this;
        }

        /** Where calls are observed. Default: nowhere. */
        public Builder observationRegistry(ObservationRegistry registry) {
            this.observations = requireNonNull(registry, "registry is null");
            return this;
        }

        /** Names and tags of observations. Default: Spring AI's. */
        public Builder observationConvention(ChatModelObservationConvention names) {
            this.convention = requireNonNull(names, "names is null");
            return this;
        }

        /** Reads streams. Default: threads of the {@link Patchbay}, virtual where the JDK has them. */
        public Builder scheduler(Scheduler threads) {
            this.scheduler = requireNonNull(threads, "threads is null");
            return this;
        }

        /**
         * The model.
         *
         * @throws ConfigurationException if it means nothing, or cannot work as configured
         */
        public PatchbayChatModel build() {
            return new PatchbayChatModel(this);
        }
    }
}
