package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.plugin.LoadedPlugins;
import dev.patchbay.internal.plugin.PluginLoader;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Fallback;
import dev.patchbay.registry.RegistryBuilder;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.testkit.Answer;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request asks for the registry once, and keeps what it was given to its end. */
@Timeout(60)
class PinnedRegistryTest {

    private final GatewayFixture fixture = new GatewayFixture();
    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<RegistrySnapshot> next = new ArrayDeque<>();
    private final LoadedPlugins plugins = PluginLoader.builder()
            .withoutDiscovery()
            .plugin(new StampPlugin())
            .build()
            .load();

    @AfterEach
    void close() {
        fixture.close();
        plugins.close();
    }

    private RegistrySnapshot registry(Definition... definitions) {
        RegistryBuilder builder = RegistrySnapshot.builder().plugins(plugins.plugins());
        List.of(definitions).forEach(builder::definition);
        return builder.build();
    }

    /** The last of the snapshots stays. */
    private synchronized RegistrySnapshot take() {
        asked.incrementAndGet();
        return next.size() == 1 ? next.element() : next.remove();
    }

    private void start(RegistrySnapshot registry) {
        next.add(registry);
        fixture.start(this::take, builder -> builder);
        asked.set(0);
    }

    private Definition first(String fallback) {
        return fixture.chatProvider()
                .defaultModel("m")
                .fallback(List.of(new Fallback(fallback, Set.of(Kind.OVERLOADED))))
                .build();
    }

    @Test
    void isAskedForOnceByEachRequest() {
        Definition stamped = Definition.builder("stamped")
                .baseUrl(fixture.fake.baseUrl("/v1"))
                .auth(new Auth("stamp", Optional.empty(), Optional.empty(), Optional.empty()))
                .defaultModel("m")
                .build();
        Definition plugged = Definition.builder("plugged").dialect("refusing").build();
        start(registry(first("stamped"), fixture.claudeProvider().build(), stamped, plugged));

        fixture.post("/v1/messages", "{\"model\":\"claude/m\",\"max_tokens\":9,\"messages\":[]}");
        assertThat(asked).as("relayed").hasValue(1);
        fixture.post("/v1/chat/completions", "{\"model\":\"claude/m\",\"messages\":[]}");
        assertThat(asked).as("translated").hasValue(2);
        fixture.post("/v1/chat/completions", "{\"model\":\"stamped/m\",\"messages\":[]}");
        assertThat(asked).as("with the authenticator of a plugin").hasValue(3);
        fixture.post("/v1/chat/completions", "{\"model\":\"plugged/m\",\"messages\":[]}");
        assertThat(asked).as("with the dialect of a plugin").hasValue(4);
        fixture.get("/v1/models");
        assertThat(asked).as("models").hasValue(5);
        fixture.fake.enqueue(Answer.status(529).body("application/json", "{}"));
        fixture.fake.enqueue(Answer.text("from the fallback"));
        assertThat(fixture.post("/v1/chat/completions", "{\"model\":\"chat/m\",\"messages\":[]}")
                        .headers()
                        .firstValue("x-patchbay-provider"))
                .contains("stamped");
        assertThat(asked).as("with a fallback").hasValue(6);
    }

    @Test
    void staysTheSameWhereAFallbackIsTakenAfterItChanged() {
        Definition spare = Definition.builder("spare")
                .baseUrl(fixture.fake.baseUrl("/v1"))
                .defaultModel("old")
                .build();
        start(registry(first("spare"), spare));
        next.add(registry(first("spare")));
        fixture.fake.enqueue(Answer.status(529).body("application/json", "{}"));
        fixture.fake.enqueue(Answer.text("from the fallback"));

        HttpResponse<String> answer = fixture.post("/v1/chat/completions", "{\"model\":\"chat/m\",\"messages\":[]}");

        assertThat(answer.headers().map())
                .containsEntry("x-patchbay-provider", List.of("spare"))
                .containsEntry("x-patchbay-model", List.of("old"));
    }

    private static final class StampPlugin implements ProviderPlugin {

        @Override
        public String id() {
            return "stamp";
        }

        @Override
        public List<Dialect> dialects() {
            return List.of(new RefusingDialect());
        }

        @Override
        public List<Authenticator> authenticators() {
            return List.of(new Authenticator() {
                @Override
                public String type() {
                    return "stamp";
                }

                @Override
                public void authenticate(OutgoingRequest request, Credential credential) {
                    request.setHeader("X-Stamp", "1");
                }
            });
        }
    }

    private static final class RefusingDialect implements Dialect {

        @Override
        public String id() {
            return "refusing";
        }

        @Override
        public boolean needsBaseUrl() {
            return false;
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            return request -> {
                throw new ProviderException(Kind.NOT_FOUND, "there is nothing");
            };
        }
    }
}
