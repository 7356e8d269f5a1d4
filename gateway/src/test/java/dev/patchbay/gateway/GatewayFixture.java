package dev.patchbay.gateway;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.ProcessEnvironment;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.runtime.ProviderRuntime;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.Timeout;
import dev.patchbay.registry.RegistryBuilder;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A gateway in front of a fake provider that is known twice: as {@code chat} and as {@code claude}. */
final class GatewayFixture implements AutoCloseable {

    static final String KEY = "canary-5b1d77";
    static final String CLIENT_KEY = "client-canary-91";

    /** For an answer to come. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final FakeProvider fake = FakeProvider.start();
    private final BlockingQueue<AccessRecord> log = new LinkedBlockingQueue<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Environment environment = new ProcessEnvironment();
    private @Nullable ProviderRuntime runtime;
    private @Nullable Gateway gateway;

    /** A gateway whose default provider speaks chat. */
    static GatewayFixture chat() {
        GatewayFixture fixture = new GatewayFixture();
        fixture.start(fixture.chatProvider().build(), builder -> builder.provider("chat"));
        return fixture;
    }

    /** A gateway whose default provider speaks Messages. */
    static GatewayFixture claude() {
        GatewayFixture fixture = new GatewayFixture();
        fixture.start(fixture.claudeProvider().build(), builder -> builder.provider("claude"));
        return fixture;
    }

    GatewayFixture start(Definition definition, UnaryOperator<GatewayBuilder> more) {
        return start(List.of(definition), more);
    }

    GatewayFixture start(List<Definition> definitions, UnaryOperator<GatewayBuilder> more) {
        RegistryBuilder builder = RegistrySnapshot.builder();
        definitions.forEach(builder::definition);
        RegistrySnapshot registry = builder.build();
        return start(() -> registry, more);
    }

    GatewayFixture start(Supplier<RegistrySnapshot> registry, UnaryOperator<GatewayBuilder> more) {
        runtime = new ProviderRuntime(registry, environment, Clock.systemUTC());
        return start(Gateway.builder(runtime), more);
    }

    /** Where variables are looked up by the gateways that are started then. */
    GatewayFixture environment(Environment variables) {
        environment = variables;
        return this;
    }

    GatewayFixture start(GatewayBuilder builder, UnaryOperator<GatewayBuilder> more) {
        gateway = more.apply(builder.port(0).grace(Duration.ofMillis(200)).accessLog(log::add))
                .start();
        return this;
    }

    /** The next record of the access log and, with it, of the metrics: a client may have its answer a moment before. */
    AccessRecord record() {
        try {
            return requireNonNull(log.poll(10, TimeUnit.SECONDS), "nothing was logged");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Definition.Builder chatProvider() {
        return Definition.builder("chat")
                .baseUrl(fake.baseUrl("/v1"))
                .auth(Auth.bearer(key()))
                .http(quick());
    }

    Definition.Builder claudeProvider() {
        return Definition.builder("claude")
                .dialect("anthropic-messages")
                .baseUrl(fake.baseUrl())
                .auth(Auth.header("x-api-key", key()))
                .http(quick());
    }

    static SecretValue key() {
        return Secrets.given(Secret.of(KEY), Location.of("test"));
    }

    /** Time-outs of half a second. */
    static HttpSettings quick() {
        return limits(Duration.ofMillis(500));
    }

    static HttpSettings limits(Duration limit) {
        Timeout timeout = Timeout.of(limit);
        return new HttpSettings(
                Timeout.of(Duration.ofSeconds(5)), Optional.of(timeout), timeout, Timeout.OFF, RetryPolicy.DEFAULT);
    }

    Gateway gateway() {
        return requireNonNull(gateway);
    }

    URI url(String path) {
        return gateway().url().resolve(path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url(path))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .header("x-api-key", CLIENT_KEY)
                .header("authorization", "Bearer " + CLIENT_KEY)
                .header("cookie", CLIENT_KEY);
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        return send(
                headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        return send(
                headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    /** The answer to a question, as it came. */
    HttpResponse<byte[]> bytes(String path, String body) {
        return send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> send(HttpRequest request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** What comes of an answer whose connection is broken behind it. */
    String postBroken(String path, String body) {
        RawAnswer answer = receive(path, body);
        if (answer.whole()) {
            throw new AssertionError("the answer ended as a whole one does: " + answer.body());
        }
        return answer.body();
    }

    /** Everything that comes of an answer. */
    RawAnswer receive(String path, String body) {
        try (RawClient asked = ask(path, body)) {
            return asked.readWhatComes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that has asked; the JDK's may hear of the break of an answer before it gives its head. */
    RawClient ask(String path, String body) {
        String[] keys = {"x-api-key: " + CLIENT_KEY, "authorization: Bearer " + CLIENT_KEY, "cookie: " + CLIENT_KEY};
        try {
            RawClient asking = RawClient.connect(gateway().port(), PATIENCE);
            asking.send(RawClient.post(path, body, keys));
            return asking;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head of an answer, its body to be read as it comes. */
    HttpResponse<InputStream> open(String path, String body) {
        return send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A Messages request. */
    static String messages(boolean stream) {
        return "{\"model\":\"claude-x\",\"max_tokens\":100,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    }

    /** A chat request. */
    static String chat(boolean stream) {
        return "{\"model\":\"gpt-x\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    }

    /** Reads until a text has come. */
    static String readUntil(InputStream body, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        byte[] buffer = new byte[8192];
        // What was searched before is not searched again: an answer may be long.
        for (int from = 0; read.indexOf(text, from) < 0; ) {
            from = Math.max(0, read.length() - text.length());
            int count = body.read(buffer);
            if (count < 0) {
                throw new AssertionError("the body ended: " + read);
            }
            read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
        return read.toString();
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
        if (runtime != null) {
            runtime.close();
        }
        fake.close();
    }
}
