package dev.patchbay.langchain4j;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.verify;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.mockito.InOrder;

/** What LangChain4j asks of every streaming chat model, on upstreams of each dialect. */
class StreamingChatModelContractTest extends AbstractStreamingChatModelIT {

    private final ContractHost host = new ContractHost();

    @AfterAll
    void close() {
        host.close();
    }

    @Override
    protected List<StreamingChatModel> models() {
        return ContractHost.MODELS.stream()
                .<StreamingChatModel>map(name -> PatchbayStreamingChatModel.of(host.patchbay, name))
                .toList();
    }

    @Override
    protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
        return PatchbayStreamingChatModel.builder(host.patchbay)
                .defaultRequestParameters(parameters)
                .build();
    }

    @Override
    public StreamingChatModel createModelWith(ChatModelListener listener) {
        return PatchbayStreamingChatModel.builder(host.patchbay)
                .listeners(List.of(listener))
                .build();
    }

    /** The contract looks for half a minute whether anything comes: {@link StreamingCancellationContractTest}. */
    @Override
    protected boolean supportsStreamingCancellation() {
        return false;
    }

    @Override
    protected String customModelName() {
        return "custom";
    }

    /** The least that OpenAI's Responses take; less is raised to it. */
    @Override
    protected int maxOutputTokens() {
        return 16;
    }

    @Override
    protected ChatRequestParameters createIntegrationSpecificParameters(int maxOutputTokens) {
        return PatchbayChatRequestParameters.builder()
                .maxOutputTokens(maxOutputTokens)
                .build();
    }

    @Override
    protected boolean supportsJsonResponseFormatWithRawSchema() {
        return true;
    }

    @Override
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(StreamingChatModel model) {
        return PatchbayChatResponseMetadata.class;
    }

    @Override
    protected Class<? extends TokenUsage> tokenUsageType(StreamingChatModel model) {
        return PatchbayTokenUsage.class;
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder io, String id) {
        io.verify(handler, atLeastOnce()).onPartialToolCall(any(), any());
        io.verify(handler).onCompleteToolCall(complete(0, id, "getWeather", "{\"city\":\"Munich\"}"));
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder io, StreamingChatModel model) {
        io.verify(handler, atLeastOnce()).onPartialToolCall(any(), any());
        io.verify(handler).onCompleteToolCall(any());
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder io, String id1, String id2) {
        verify(handler, atLeast(2)).onPartialToolCall(any(), any());
        io.verify(handler).onCompleteToolCall(complete(0, id1, "getWeather", "{\"city\":\"Munich\"}"));
        io.verify(handler).onCompleteToolCall(complete(1, id2, "getTime", "{\"country\":\"France\"}"));
    }
}
