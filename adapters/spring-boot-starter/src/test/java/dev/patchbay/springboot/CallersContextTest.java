package dev.patchbay.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Schedulers;

/**
 * E06: who asks, his log's context and his span are there in tools, and nowhere afterwards. Answers are read on threads of the Patchbay, virtual
 * ones on the JDKs that have them.
 */
@Timeout(60)
final class CallersContextTest {

    private static final String MDC_KEY = "request";

    @TempDir
    Path folder;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void carryContext() {
        // What Boot does for spring.reactor.context-propagation=auto.
        Hooks.enableAutomaticContextPropagation();
        ContextRegistry.getInstance().registerThreadLocalAccessor(new Slf4jThreadLocalAccessor(MDC_KEY));
    }

    @AfterEach
    void close() {
        ContextRegistry.getInstance().removeThreadLocalAccessor(Slf4jThreadLocalAccessor.KEY);
        Hooks.disableAutomaticContextPropagation();
        fake.close();
    }

    private ConfigurableApplicationContext start() throws IOException {
        Path file = folder.resolve("providers.yaml");
        Files.writeString(
                file, "providers: {fake: {baseUrl: \"" + fake.baseUrl("/v1") + "\", auth: none, defaultModel: m}}");
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run("--patchbay.config=" + file, "--spring.ai.model.chat=patchbay", "--spring.ai.openai.api-key=none");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachOfTwoUsersSeesTheirOwnInTheirToolAndNothingStays(boolean streamed) throws Exception {
        fake.answer(exchange -> {
            String asked = exchange.request().text();
            (asked.contains("\"role\":\"tool\"") ? Answer.text("done") : Answer.toolCall("c1", "who")).send(exchange);
        });
        try (ConfigurableApplicationContext context = start()) {
            ChatClient client = context.getBean(ChatClient.Builder.class).build();
            ObservationRegistry observations = context.getBean(ObservationRegistry.class);
            List<Future<String>> seen = new ArrayList<>();
            for (Map.Entry<String, Executor> user : users().entrySet()) {
                FutureTask<String> asking = new FutureTask<>(
                        () -> as(user.getKey(), observations, () -> ask(client, observations, streamed)));
                user.getValue().execute(asking);
                seen.add(asking);
            }

            assertThat(seen.get(0).get(30, TimeUnit.SECONDS)).isEqualTo("anna anna of anna");
            assertThat(seen.get(1).get(30, TimeUnit.SECONDS)).isEqualTo("ben ben of ben");
            assertNothingStays(context.getBean(Patchbay.class).runtime().answerThreads(), observations);
            assertNothingStays(task -> Schedulers.boundedElastic().schedule(task), observations);
        }
    }

    /** One on a thread of the platform, one on a virtual thread where the JDK has them, as Boot's own are then if it is told so. */
    private static Map<String, Executor> users() {
        Executor platform = task -> new Thread(task).start();
        Executor virtual = task -> {
            try {
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
            } catch (NoSuchMethodException olderJdk) {
                assertThat(Runtime.version().feature()).isLessThan(21);
                platform.execute(task);
            } catch (ReflectiveOperationException unexpected) {
                throw new AssertionError(unexpected);
            }
        };
        return new TreeMap<>(Map.of("anna", platform, "ben", virtual));
    }

    private static String as(String name, ObservationRegistry observations, Callable<String> work) throws Exception {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(name, "secret"));
        MDC.put(MDC_KEY, name);
        Observation request = Observation.start("request of " + name, observations);
        try {
            return request.scopedChecked(work::call);
        } finally {
            request.stop();
            MDC.clear();
            SecurityContextHolder.clearContext();
        }
    }

    /** What the tool saw. */
    private static String ask(ChatClient client, ObservationRegistry observations, boolean streamed) {
        CompletableFuture<String> seen = new CompletableFuture<>();
        ToolCallback tool = FunctionToolCallback.builder("who", () -> {
                    seen.complete(here(observations));
                    return "somebody";
                })
                .description("tells who asks")
                .build();
        ChatClient.ChatClientRequestSpec asked = client.prompt("Who am I?").tools(tool);
        String text = streamed
                ? String.join("", asked.stream().content().collectList().block())
                : asked.call().content();
        assertThat(text).isEqualTo("done");
        return seen.join();
    }

    /** Who is here, by the security context, by the log's, and by the request above the current span. */
    private static String here(ObservationRegistry observations) {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        Observation span = observations.getCurrentObservation();
        String request = "nobody's span";
        while (span != null) {
            request = span.getContext().getName();
            span = (Observation) span.getContext().getParentObservation();
        }
        return (user == null ? "nobody" : user.getName()) + " " + MDC.get(MDC_KEY) + " "
                + request.replace("request ", "");
    }

    private static void assertNothingStays(Executor threads, ObservationRegistry observations) throws Exception {
        for (int i = 0; i < 20; i++) {
            CompletableFuture<String> found = new CompletableFuture<>();
            threads.execute(() -> found.complete(here(observations)));
            assertThat(found.get(30, TimeUnit.SECONDS)).isEqualTo("nobody null nobody's span");
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        ObservationRegistry observations() {
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig().observationHandler(context -> true);
            return registry;
        }
    }
}
