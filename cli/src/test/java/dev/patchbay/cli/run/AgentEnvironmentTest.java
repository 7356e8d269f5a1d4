package dev.patchbay.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.catalog.ModelsDevCatalog;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which variables an agent does not inherit: keys, and whatever would lead its client elsewhere. */
final class AgentEnvironmentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai_api_key",
                "Anthropic_Base_Url",
                "groq_api_key",
                "GROQ_BASE_URL",
                "Groq_Base_Url",
                "LLM_BASE_URL",
                "LLM_API_KEY",
                "LLM_MODEL",
                "AIDER_OPENAI_API_BASE",
                "AIDER_ANTHROPIC_API_KEY",
                "GOOGLE_GEMINI_BASE_URL",
                "HF_BASE_URL"
            })
    void whatHoldsAKeyOrLeadsElsewhereIsLeftOutHoweverItIsWritten(String name) {
        assertThat(kept(name)).doesNotContainKey(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"VITE_BASE_URL", "APP_API_KEY", "LLMS", "MY_GROQ_NOTES", "path", "HTTPS_PROXY", "OLLAMA_MODELS"})
    void whatIsOfTheProjectStays(String name) {
        assertThat(kept(name)).containsKey(name);
    }

    private static Map<String, String> kept(String name) {
        return AgentEnvironment.of(
                        Map.of(name, "value-of-it", "HOME", "/home/me"),
                        RegistrySnapshot.builder().build(),
                        ModelsDevCatalog.bundled())
                .variables();
    }
}
