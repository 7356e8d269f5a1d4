package dev.patchbay.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** What LangChain4j asks of every chat model, on upstreams of each dialect. */
final class ChatModelContractTest extends AbstractChatModelIT {

    private final ContractHost host = new ContractHost();

    @AfterAll
    void close() {
        host.close();
    }

    @Override
    protected List<ChatModel> models() {
        return ContractHost.MODELS.stream()
                .<ChatModel>map(name -> PatchbayChatModel.of(host.patchbay, name))
                .toList();
    }

    @Override
    protected ChatModel createModelWith(ChatRequestParameters parameters) {
        return PatchbayChatModel.builder(host.patchbay)
                .defaultRequestParameters(parameters)
                .build();
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
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(ChatModel model) {
        return PatchbayChatResponseMetadata.class;
    }

    @Override
    protected Class<? extends TokenUsage> tokenUsageType(ChatModel model) {
        return PatchbayTokenUsage.class;
    }
}
