package dev.patchbay.springboot;

import dev.patchbay.Patchbay;
import dev.patchbay.springai.PatchbayChatModel;
import dev.patchbay.springai.PatchbayEmbeddingModel;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/**
 * One {@link Patchbay}, a chat model for each provider and each name of {@code patchbay.models} that is injected by its qualifier, and one for the
 * default provider where nobody else brings a chat model.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.ai.model.anthropic.autoconfigure.AnthropicChatAutoConfiguration",
            "org.springframework.ai.model.azure.openai.autoconfigure.AzureOpenAiChatAutoConfiguration",
            "org.springframework.ai.model.bedrock.converse.autoconfigure.BedrockConverseProxyChatAutoConfiguration",
            "org.springframework.ai.model.deepseek.autoconfigure.DeepSeekChatAutoConfiguration",
            "org.springframework.ai.model.google.genai.autoconfigure.chat.GoogleGenAiChatAutoConfiguration",
            "org.springframework.ai.model.mistralai.autoconfigure.MistralAiChatAutoConfiguration",
            "org.springframework.ai.model.ollama.autoconfigure.OllamaChatAutoConfiguration",
            "org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration"
        },
        beforeName = "org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration")
@EnableConfigurationProperties(PatchbayProperties.class)
public final class PatchbayAutoConfiguration {

    @Bean
    static ModelBeans patchbayModelBeans(Environment environment) {
        return new ModelBeans(environment);
    }

    /** Made when it is asked for: an application that names its models needs no default provider. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean(ChatModel.class)
    PatchbayChatModel patchbayChatModel(BeanFactory beans) {
        return ModelBeans.model(beans, "");
    }

    /** Only where the application names one, and then it is the one, whoever else brings one. */
    @Bean
    @Lazy
    @Primary
    @ConditionalOnProperty("patchbay.embedding")
    PatchbayEmbeddingModel patchbayEmbeddingModel(Patchbay patchbay, PatchbayProperties properties) {
        return PatchbayEmbeddingModel.of(patchbay, properties.embedding().orElseThrow());
    }
}
