package dev.patchbay.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.Patchbay;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What an application gets from the starter, alone and beside others. */
final class PatchbayAutoConfigurationTest {

    @TempDir
    Path folder;

    private final FakeProvider groq = FakeProvider.start();

    @AfterEach
    void close() {
        groq.close();
    }

    private ApplicationContextRunner application() throws IOException {
        Path file = folder.resolve("providers.yaml");
        Files.writeString(file, """
                defaultProvider: groq
                providers:
                  groq: {baseUrl: "%1$s", apiKey: $GROQ_API_KEY, defaultModel: m}
                  local: {baseUrl: "%1$s", auth: none, defaultModel: l}
                """.formatted(groq.baseUrl("/v1")));
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PatchbayAutoConfiguration.class,
                        PatchbayHealthAutoConfiguration.class,
                        PatchbayInfoAutoConfiguration.class))
                .withPropertyValues("patchbay.config=" + file, "GROQ_API_KEY=canary-of-groq");
    }

    /** E03. */
    @Test
    void aloneItsChatModelIsFoundUnqualifiedAndKeysComeFromTheEnvironmentOfSpring() throws IOException {
        application()
                .withUserConfiguration(One.class)
                .withConfiguration(
                        AutoConfigurations.of(ChatClientAutoConfiguration.class, ToolCallingAutoConfiguration.class))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(One.class).model.call("Hi")).isEqualTo(FakeProvider.DEFAULT_TEXT);
                    assertThat(context.getBean(ChatClient.Builder.class)
                                    .build()
                                    .prompt("Hi")
                                    .call()
                                    .content())
                            .isEqualTo(FakeProvider.DEFAULT_TEXT);
                    assertThat(groq.sawAnywhere("canary-of-groq")).isTrue();
                });
    }

    /** E03. */
    @Test
    void aQualifierInjectsTheModelOfAProviderOrOfAName() throws IOException {
        application()
                .withUserConfiguration(Named.class)
                .withPropertyValues("patchbay.models.smart=local/big")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Named named = context.getBean(Named.class);
                    named.local.call("Hi");
                    named.smart.call("Hi");
                    assertThat(groq.requests())
                            .extracting(request -> request.member("model").orElse(""))
                            .containsExactly("l", "big");
                });
    }

    @Test
    void aPrimaryThatIsNobodyIsSaid() throws IOException {
        application().withPropertyValues("patchbay.primary=grok").run(context -> {
            FailureAnalysis analysis = new ConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .contains("patchbay.primary: error[E403]: grok is no provider, and no name");
            assertThat(analysis.getAction()).contains("one of ", "groq", "local");
        });
    }

    @Test
    void aFileOfTheApplicationThatIsNotThereIsSaid() throws IOException {
        application()
                .withPropertyValues("patchbay.config=classpath:nobody.yaml")
                .run(context -> {
                    FailureAnalysis analysis = new ConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription()).contains("error[E002]: classpath:nobody.yaml cannot be read");
                    assertThat(analysis.getAction()).contains("classpath:");
                });
    }

    /** What it was to say would be missing, and the application would hear of something else, or of nothing. */
    @Test
    void aPropertyThatIsMisspeltKeepsTheApplicationFromStarting() throws IOException {
        application()
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addLast(new MapPropertySource("application.yaml", Map.of("patchbay.user-layr", "true"))))
                .run(context -> assertThat(context.getStartupFailure())
                        .hasRootCauseInstanceOf(UnboundConfigurationPropertiesException.class)
                        .hasStackTraceContaining("patchbay.user-layr"));
    }

    /** The command line of the same machine has variables of its own. */
    @Test
    void aVariableOfTheEnvironmentThatIsNoPropertyIsNoSlip() throws IOException {
        application()
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new SystemEnvironmentPropertySource(
                                        "systemEnvironment", Map.of("PATCHBAY_HOME", "/nowhere"))))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void anEmbeddingModelIsInjectedWhereOneIsNamed() throws IOException {
        groq.answer(
                "/embeddings",
                exchange -> Answer.json(200, "{\"data\":[{\"index\":0,\"embedding\":[1,2]}]}")
                        .send(exchange));
        application().run(context -> assertThat(context).doesNotHaveBean(EmbeddingModel.class));
        application().withPropertyValues("patchbay.embedding=local/vectors").run(context -> {
            assertThat(context.getBean(EmbeddingModel.class).embed("one")).isNotEmpty();
            assertThat(groq.onlyRequest().member("model")).hasValue("vectors");
        });
    }

    /** Nobody has to ask for the Patchbay before the context closes it, and with it the thread that follows files. */
    @Test
    void whatWasOpenedIsClosedWithAContextThatStartedLazilyOrNotAtAll() throws IOException {
        ApplicationContextRunner watching = application().withPropertyValues("patchbay.watch=true");
        watching.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(followers()).isEqualTo(1));
        assertThat(followers()).isZero();

        watching.withUserConfiguration(Failing.class)
                .run(context -> assertThat(context).hasFailed());
        assertThat(followers()).isZero();
    }

    private static long followers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("patchbay-reload"))
                .count();
    }

    /** What editors complete by. */
    @Test
    void theMetadataNameEveryProperty() throws IOException {
        Set<String> named = new TreeSet<>();
        try (InputStream metadata =
                PatchbayProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            new ObjectMapper()
                    .readTree(metadata)
                    .path("properties")
                    .forEach(property -> named.add(property.path("name").asText()));
        }
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(Stream.of(PatchbayProperties.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(method -> "patchbay." + DataObjectPropertyName.toDashedForm(method.getName()))
                        .toList());
    }

    @Test
    void aWrongFileIsShownWithItsLineAndACaret() throws IOException {
        Path wrong = folder.resolve("wrong.yaml");
        Files.writeString(wrong, "providers:\n  broken:\n    baseUri: http://127.0.0.1:1/v1\n");
        application()
                .withPropertyValues("patchbay.config=" + wrong, "patchbay.strict=true")
                .run(context -> {
                    FailureAnalysis analysis = new ConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription())
                            .contains(wrong + ":3:5", "baseUri", "^^^^")
                            .doesNotContain("canary");
                    assertThat(analysis.getAction()).isNotBlank();
                });
    }

    @Test
    void theActionForAKeyThatIsNotSetIsToSetItInTheEnvironmentOfSpring() throws IOException {
        Path file = folder.resolve("unset.yaml");
        Files.writeString(file, "providers: {local: {baseUrl: \"http://127.0.0.1:1/v1\", apiKey: $NOBODY_SET_THIS}}");
        application()
                .withPropertyValues("patchbay.config=" + file, "patchbay.strict=true")
                .run(context -> {
                    FailureAnalysis analysis = new ConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription()).contains("NOBODY_SET_THIS is not set", "^^^^");
                    assertThat(analysis.getAction()).startsWith("set NOBODY_SET_THIS in Spring's environment");
                });
    }

    @Test
    void aFileInTheApplicationsJarIsRead() throws IOException {
        Path jar = folder.resolve("application.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("config/inside.yaml"));
            out.write("providers: {inside: {baseUrl: \"%s\", auth: none, defaultModel: i}}"
                    .formatted(groq.baseUrl("/v1"))
                    .getBytes(UTF_8));
            out.closeEntry();
        }
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            application()
                    .withClassLoader(application)
                    .withPropertyValues("patchbay.config=classpath:config/inside.yaml")
                    .withUserConfiguration(One.class)
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        context.getBean(One.class).model.call("Hi");
                        assertThat(groq.onlyRequest().member("model")).hasValue("i");
                    });
        }
    }

    @Test
    void whereSeveralProvidersCouldBeMeantTheActionIsToNameOneInAWayOfSpring() throws IOException {
        Path file = folder.resolve("two.yaml");
        Files.writeString(file, """
                providers:
                  first: {baseUrl: "http://127.0.0.1:1/v1", auth: none, defaultModel: m}
                  second: {baseUrl: "http://127.0.0.1:1/v1", auth: none, defaultModel: m}
                """);
        application()
                .withUserConfiguration(One.class)
                .withPropertyValues("patchbay.config=" + file)
                .run(context -> {
                    FailureAnalysis analysis = new ConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription()).contains("first, second are ready");
                    assertThat(analysis.getAction()).startsWith("set patchbay.primary to one of them");
                });
    }

    @Test
    void whoNamesNoProviderHearsWhyTheBuiltInDefaultIsAskedAndHowToNameAnother() throws IOException {
        Path file = Files.writeString(folder.resolve("none.yaml"), "providers: {}\n");
        application()
                .withUserConfiguration(One.class)
                .withPropertyValues("patchbay.config=" + file, "ANTHROPIC_API_KEY=")
                .run(context -> {
                    FailureAnalysis analysis = new ConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription())
                            .contains("ANTHROPIC_API_KEY", "none is named, so that anthropic was taken");
                    assertThat(analysis.getAction()).contains("or set patchbay.primary to another provider");
                });
    }

    /** What Boot's own failure reporter writes to. */
    @Test
    void bringsLogging() {
        assertThat(LoggingSystem.get(getClass().getClassLoader()).getClass().getSimpleName())
                .isEqualTo("LogbackLoggingSystem");
    }

    @Test
    void aBrokenProviderFailsWhoeverWantsItAndNobodyElse() throws IOException {
        Files.writeString(folder.resolve("wrong.yaml"), "providers:\n  local:\n    baseUri: http://127.0.0.1:1/v1\n");
        ApplicationContextRunner broken = application().withPropertyValues("patchbay.config=" + folder);
        broken.run(context -> assertThat(context).hasNotFailed());
        broken.withUserConfiguration(Named.class)
                .withPropertyValues("patchbay.models.smart=groq/")
                .run(context ->
                        assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(ConfigurationException.class));
    }

    @Test
    void anApplicationsOwnPatchbayIsUsed() throws IOException {
        application()
                .withUserConfiguration(Own.class)
                .withPropertyValues("patchbay.models.mine=own/")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeansOfType(Patchbay.class)).hasSize(1);
                    assertThat(context.getBeanFactory().containsBean("patchbay.mine"))
                            .isTrue();
                    assertThat(context.getBeanFactory().containsBean("patchbay.groq"))
                            .isFalse();
                });
    }

    @Test
    void healthAndInfoShowProvidersAndNoKey() throws IOException {
        application().run(context -> {
            var health = context.getBean(HealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails().toString()).contains("groq=ready").doesNotContain("canary");
            Info.Builder info = new Info.Builder();
            context.getBean(InfoContributor.class).contribute(info);
            assertThat(info.build().getDetails().toString()).contains("defaultProvider=groq");
        });
    }

    @Configuration
    static class One {

        @Autowired
        ChatModel model;
    }

    @Configuration
    static class Named {

        @Autowired
        @Qualifier("local") ChatModel local;

        @Autowired
        @Qualifier("smart") ChatModel smart;
    }

    @Configuration
    static class Failing {

        @Bean
        static BeanFactoryPostProcessor failing() {
            return factory -> {
                throw new IllegalStateException("another bean of the application");
            };
        }
    }

    @Configuration
    static class Own {

        @Bean
        Patchbay ownPatchbay() {
            return Patchbay.builder().withoutDiscovery().build();
        }
    }
}
