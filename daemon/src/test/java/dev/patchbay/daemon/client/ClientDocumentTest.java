package dev.patchbay.daemon.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.FakeProxy;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.testkit.TestCertificates;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The user's document "Custom AI Provider Support" as it stands: each snippet compiled by the strict compiler and run by Node through the
 * TypeScript client, against a daemon process whose only way out is a proxy that leads every host to one fake.
 */
@Tag("process")
final class ClientDocumentTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String AZURE = "my-resource.openai.azure.com";
    private static final String[] HOSTS = {
        "api.groq.com",
        "api.my-provider.com",
        "api.new-provider.com",
        AZURE,
        "api.anthropic.com",
        "openrouter.ai",
        "inference.baseten.co"
    };
    private static final Map<String, String> KEYS = Map.of(
            "MY_PROVIDER_API_KEY", "canary-of-my-provider",
            "GROQ_API_KEY", "canary-of-groq",
            "AZURE_OPENAI_ENDPOINT", "https://" + AZURE,
            "AZURE_OPENAI_KEY", "canary-of-azure",
            "NEW_PROVIDER_KEY", "canary-of-new-provider");
    private static final List<String> SNIPPETS = snippets();

    @TempDir
    static Path home;

    private static FakeProvider fake;
    private static FakeProxy proxy;
    private static DaemonProcess daemon;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        TypeScriptPackage.install();
        compileSnippets();
        TestCertificates certificates = TestCertificates.create(home);
        fake = FakeProvider.startTls(certificates.serverFor(HOSTS));
        proxy = FakeProxy.start().leadingTo(fake.baseUrl());
        String options = "-Djavax.net.ssl.trustStore=" + trustStore(certificates.authority())
                + " -Djavax.net.ssl.trustStorePassword=changeit";
        daemon = DaemonProcess.start(
                home,
                """
                providers:
                  from-a-file: {baseUrl: "https://api.my-provider.com/v1", apiKey: $FILE_KEY, defaultModel: m}
                """,
                Map.of(
                        "HTTPS_PROXY", proxy.url().toString(),
                        "JDK_JAVA_OPTIONS", options,
                        "GROQ_API_KEY", "canary-of-the-daemon",
                        "OPENROUTER_API_KEY", "canary-of-the-daemon-openrouter",
                        "ANTHROPIC_API_KEY", "canary-of-the-daemon-anthropic",
                        "BASETEN_API_KEY", "canary-of-the-daemon-baseten",
                        "FILE_KEY", "canary-of-the-file"));
    }

    @AfterAll
    static void stop() {
        Stream.of(daemon, proxy, fake).filter(Objects::nonNull).forEach(ClientDocumentTest::close);
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, Hello world, my-custom-provider, my-model, https://api.my-provider.com/v1,"
                + " api.my-provider.com, /v1/chat/completions, authorization, Bearer canary-of-my-provider",
        "1, Explain recursion, groq, llama-3.3-70b-versatile, https://api.groq.com/openai/v1,"
                + " api.groq.com, /openai/v1/chat/completions, authorization, Bearer canary-of-groq",
        "2, Write a function, azure-openai, gpt-4, https://" + AZURE + "/openai/deployments, " + AZURE
                + ", /openai/deployments/gpt-4/chat/completions?api-version=2024-10-21, api-key, canary-of-azure"
    })
    void aLaunchOfTheDocument(
            int snippet,
            String query,
            String provider,
            String model,
            String baseUrl,
            String host,
            String target,
            String header,
            String key) {
        int before = fake.requests().size();

        JsonNode result = run("snippet" + snippet + ".mjs");

        assertThat(fake.requests()).hasSize(before + 1);
        RecordedRequest request = fake.requests().get(before);
        assertThat(request.header("host")).contains(host);
        assertThat(request.target()).isEqualTo(target);
        assertThat(request.headers().all(header)).containsExactly(key);
        assertThat(request.member("model")).contains(model);
        assertThat(request.text()).contains(query);
        JsonNode session = result.path("session");
        assertThat(session.path("status").asText()).isEqualTo("completed");
        assertThat(session.path("query").asText()).isEqualTo(query);
        assertThat(session.path("provider").asText()).isEqualTo(provider);
        assertThat(session.path("model").asText()).isEqualTo(model);
        assertThat(session.path("proxyBaseUrl").asText()).isEqualTo(baseUrl);
        assertThat(session.path("proxyModelOverride").asText()).isEqualTo(model);
        assertThat(session.path("hasApiKey").asBoolean()).isTrue();
        assertThat(result.path("messages").get(1).path("content").asText()).isEqualTo(FakeProvider.DEFAULT_TEXT);
        assertThat(result.toString()).doesNotContain("canary-of-");
    }

    @Test
    void theUpdateOfTheDocumentChangesTheNextCall() {
        int before = fake.requests().size();

        JsonNode result = run("snippet4.mjs");

        assertThat(fake.requests()).hasSize(before + 2);
        RecordedRequest request = fake.requests().get(before + 1);
        assertThat(request.header("host")).contains("api.new-provider.com");
        assertThat(request.target()).isEqualTo("/v1/chat/completions");
        assertThat(request.headers().all("authorization")).containsExactly("Bearer canary-of-new-provider");
        assertThat(request.member("model")).contains("new-model");
        assertThat(result.path("session").path("proxyBaseUrl").asText()).isEqualTo("https://api.new-provider.com/v1");
        assertThat(result.path("session").path("hasApiKey").asBoolean()).isTrue();
        assertThat(result.toString()).doesNotContain("canary-of-");
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, opus, api.anthropic.com, /v1/messages, x-api-key, canary-of-the-daemon-anthropic",
        "openrouter, x/y, openrouter.ai, /api/v1/chat/completions, authorization, Bearer"
                + " canary-of-the-daemon-openrouter",
        "baseten, some/model, inference.baseten.co, /v1/chat/completions, authorization, Bearer"
                + " canary-of-the-daemon-baseten",
        "from-a-file, m, api.my-provider.com, /v1/chat/completions, authorization, Bearer canary-of-the-file"
    })
    void aProviderThatIsDefinedNeedsNoProxyFields(
            String provider, String model, String host, String target, String header, String key) {
        int before = fake.requests().size();

        JsonNode result = run("known.mjs", provider, model);

        RecordedRequest request = fake.requests().get(before);
        assertThat(request.header("host")).contains(host);
        assertThat(request.target()).isEqualTo(target);
        assertThat(request.headers().all(header)).contains(key);
        JsonNode session = result.path("session");
        assertThat(session.path("status").asText()).isEqualTo("completed");
        assertThat(session.path("provider").asText()).isEqualTo(provider);
        // An alias is shown as it was asked for, beside the id that the provider is told.
        String sent = String.valueOf(request.member("model").orElseThrow());
        assertThat(sent).startsWith(model.equals("opus") ? "claude-opus-" : model);
        assertThat(session.path("model").asText()).isEqualTo(model);
        assertThat(session.path("modelId").asText()).isEqualTo(sent);
    }

    @Test
    void aMissingProxyFieldIsRefusedByNameWhateverThePresetsKnow() {
        int before = fake.requests().size();

        JsonNode refusals = run("refused.mjs");

        assertThat(refusals).hasSize(9);
        for (JsonNode refusal : refusals) {
            assertThat(refusal.path("status").asInt()).as(refusal.toString()).isEqualTo(422);
            assertThat(refusal.path("fields").toString())
                    .as(refusal.toString())
                    .isEqualTo("[\"" + refusal.path("missing").asText() + "\"]");
        }
        assertThat(fake.requests()).hasSize(before);
    }

    @Test
    void theTypesAreThoseOfTheDocument() {
        TypeScriptPackage.write("types.mts", SNIPPETS.get(3) + """

            import type { AIProvider as Any, KnownAIProvider as Known, LaunchRequest } from '@patchbay/client';
            type Same<One, Other> = [One, Other] extends [Other, One] ? true : false;
            export const known: Same<KnownAIProvider, Known> = true;
            export const any: Same<AIProvider, Any> = true;
            export const open: Same<Known, Any> = false;
            export const providers: AIProvider[] = ['anthropic', 'openrouter', 'baseten', 'my-custom-provider'];
            export const taken: LaunchRequest = { query: 'x', provider: 'my-custom-provider' };
            """);
        ProcessOutcome compiled = TypeScriptPackage.compile("types.mts");
        assertThat(compiled.stdout() + compiled.stderr()).isEmpty();
        String declared = read(TypeScriptPackage.folder().resolve("dist/esm/index.d.ts"));
        assertThat(declared)
                .contains("type KnownAIProvider = 'anthropic' | 'openrouter' | 'baseten'")
                .contains("type AIProvider = KnownAIProvider | (string & {})");
    }

    @Test
    void whatTheTypesDoNotAllowDoesNotCompile() {
        Map<String, String> wrong = Map.of(
                "const known: KnownAIProvider = 'groq';", "TS2322",
                "const provider: AIProvider = 5;", "TS2322",
                "await client.launchSession({ query: 'x', provider: null! as number });", "TS2322",
                "await client.launchSession({ provider: 'groq' });", "TS2741",
                "await client.updateSession('id', { proxyBaseURL: 'https://x' });", "TS2561");
        StringBuilder lines = new StringBuilder();
        List<String> expected = new ArrayList<>();
        wrong.forEach((line, code) -> {
            expected.add("wrong.mts(" + (expected.size() + 1) + ",<column>): error " + code);
            lines.append("{ ").append(line).append(" }\n");
        });
        TypeScriptPackage.write("wrong.mts", lines + """
            import type { AIProvider, KnownAIProvider } from '@patchbay/client';
            import { client } from './harness.mjs';
            """);

        ProcessOutcome compiled = TypeScriptPackage.compile("wrong.mts");

        assertThat(compiled.exitCode()).isNotZero();
        assertThat(compiled.stdout().lines().filter(line -> line.startsWith("wrong.mts")))
                .extracting(line -> line.replaceAll(",\\d+\\)", ",<column>)").replaceAll("(TS\\d+):.*", "$1"))
                .isEqualTo(expected);
    }

    private static JsonNode run(String file, String... arguments) {
        ChildProcess node = TypeScriptPackage.node(file, arguments).env("PATCHBAY_HOME", home.toString());
        for (Map.Entry<String, String> key : KEYS.entrySet()) {
            node = node.env(key.getKey(), key.getValue());
        }
        ProcessOutcome outcome = node.run(LIMIT);
        assertThat(outcome.exitCode())
                .as(outcome.stdout() + outcome.stderr() + daemon.log())
                .isZero();
        return Json.parse(outcome.stdout());
    }

    private static void compileSnippets() {
        TypeScriptPackage.compileResources("harness.mts", "environment.d.ts", "refused.mts");
        String before = "import { client, lastSession, report } from './harness.mjs';\n";
        for (int launch = 0; launch < 3; launch++) {
            TypeScriptPackage.write(
                    "snippet" + launch + ".mts",
                    before + SNIPPETS.get(launch) + "\nawait report(await lastSession());\n");
        }
        TypeScriptPackage.write("snippet4.mts", before + """
            const { sessionId } = await client.launchSession({
              query: 'First', provider: 'old', proxyEnabled: true, proxyBaseUrl: 'https://api.my-provider.com/v1',
              proxyApiKey: 'canary-of-old', proxyModelOverride: 'old-model' });
            await client.awaitSession(sessionId);
            """ + SNIPPETS.get(4) + """

            const { sessionId: next } = await client.continueSession(sessionId, { query: 'Second' });
            await report(await client.awaitSession(next));
            """);
        TypeScriptPackage.write("known.mts", before + """
            await client.launchSession({ query: 'Hello', provider: process.argv[2]!, model: process.argv[3]! });
            await report(await lastSession());
            """);
        ProcessOutcome compiled = TypeScriptPackage.compile(
                "environment.d.ts", "snippet0.mts", "snippet1.mts", "snippet2.mts", "snippet4.mts", "known.mts");
        assertThat(compiled.stdout() + compiled.stderr()).isEmpty();
    }

    private static List<String> snippets() {
        Matcher block = Pattern.compile("```typescript\n(.*?)```", Pattern.DOTALL)
                .matcher(TypeScriptPackage.resource("custom-providers.md"));
        List<String> all = new ArrayList<>();
        while (block.find()) {
            all.add(block.group(1));
        }
        assertThat(all).hasSize(5);
        return all;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path trustStore(Path authority) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream pem = new FileInputStream(authority.toFile())) {
            store.setCertificateEntry(
                    "test", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        Path file = home.resolve("trusted.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return file;
    }
}
