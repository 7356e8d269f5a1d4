package dev.patchbay.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** E03: an application with Spring AI's own starters for OpenAI and Ollama beside ours. */
final class OtherStartersTest {

    @TempDir
    Path folder;

    private final FakeProvider groq = FakeProvider.start();

    @AfterEach
    void close() {
        groq.close();
    }

    private ConfigurableApplicationContext start(Class<?> application, String... properties) throws IOException {
        Path file = folder.resolve("providers.yaml");
        Files.writeString(
                file, "providers: {groq: {baseUrl: \"" + groq.baseUrl("/v1") + "\", auth: none, defaultModel: m}}");
        List<String> arguments =
                new ArrayList<>(List.of("--patchbay.config=" + file, "--spring.ai.openai.api-key=none"));
        Stream.of(properties).map("--"::concat).forEach(arguments::add);
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(arguments.toArray(String[]::new));
    }

    @Test
    void theOthersStayAndOursIsInjectedByItsQualifier() throws IOException {
        try (ConfigurableApplicationContext context = start(Named.class)) {
            assertThat(context.getBean(Named.class).groq.call("Hi")).isEqualTo(FakeProvider.DEFAULT_TEXT);
            assertThat(context.getBeansOfType(OpenAiChatModel.class)).hasSize(1);
            assertThat(context.getBeansOfType(OllamaChatModel.class)).hasSize(1);
        }
    }

    @Test
    void whoeverAsksForOneOfTwoHearsOfTheOthersAlone() {
        assertThatThrownBy(() -> start(One.class).close())
                .hasStackTraceContaining("found 2: ollamaChatModel,openAiChatModel");
    }

    @Test
    void whereAnotherIsTheOnlyOneItIsInjected() throws IOException {
        try (ConfigurableApplicationContext context = start(One.class, "spring.ai.model.chat=ollama")) {
            assertThat(context.getBean(One.class).model).isInstanceOf(OllamaChatModel.class);
        }
    }

    @Test
    void asPrimaryOursIsTheOne() throws IOException {
        try (ConfigurableApplicationContext context = start(One.class, "patchbay.primary=groq")) {
            assertThat(context.getBean(One.class).model.call("Hi")).isEqualTo(FakeProvider.DEFAULT_TEXT);
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class Named {

        @Autowired
        @Qualifier("groq") ChatModel groq;
    }

    @Configuration
    @EnableAutoConfiguration
    static class One {

        @Autowired
        ChatModel model;
    }
}
