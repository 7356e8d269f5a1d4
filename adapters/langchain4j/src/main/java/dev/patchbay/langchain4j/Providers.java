package dev.patchbay.langchain4j;

import dev.langchain4j.model.ModelProvider;
import java.util.Map;

/** LangChain4j's names for providers, which has them for some only. */
final class Providers {

    private static final Map<String, ModelProvider> KNOWN = Map.of(
            "anthropic", ModelProvider.ANTHROPIC,
            "openai", ModelProvider.OPEN_AI,
            "mistral", ModelProvider.MISTRAL_AI,
            "ollama", ModelProvider.OLLAMA);

    private Providers() {}

    static ModelProvider of(String id) {
        return KNOWN.getOrDefault(id, ModelProvider.OTHER);
    }
}
