package dev.patchbay.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.FakeProxy;
import dev.patchbay.testkit.Golden;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import dev.patchbay.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of provider-files.md, section 2.3, load and launch as written: a proxy that the environment names leads their
 * hosts to a server here.
 */
@Tag("process")
@DisabledOnOs(OS.WINDOWS)
final class ReferenceExamplesTest {

    private static final String EXAMPLES = """
            providers:
              groq:
                baseUrl: https://api.groq.com/openai/v1
                apiKey: $GROQ_API_KEY
                defaultModel: llama-3.3-70b-versatile
                aliases: {sonnet: llama-3.3-70b-versatile, haiku: llama-3.1-8b-instant}
              azure-openai:                                  # v1 surface: the model is the deployment
                baseUrl: ${AZURE_OPENAI_ENDPOINT}/openai/v1
                auth: {type: header, header: api-key, key: $AZURE_OPENAI_KEY}
              azure-openai-classic:                          # deployment in the path, version in the query
                baseUrl: ${AZURE_OPENAI_ENDPOINT}/openai
                endpoints: {chat: "/deployments/{model}/chat/completions", models: null}
                query: {api-version: 2024-10-21}             # unquoted, and still a string
                auth: {type: header, header: api-key, key: $AZURE_OPENAI_KEY}
                body: {drop: [model]}
              ollama: {baseUrl: "http://localhost:11434/v1", auth: none}
              anthropic:                                     # change a built-in without copying it
                extends: anthropic
                aliases: {sonnet: claude-sonnet-4-5}
              corp-claude:                                   # an Anthropic-compatible gateway, short-lived token
                dialect: anthropic-messages
                baseUrl: https://ai-gw.corp.example/anthropic
                auth: {type: header, header: Authorization, prefix: "Bearer ", key: {command: [corp-auth, print-token], ttl: 10m}}
                fallback: [{to: anthropic, when: [overloaded, network]}]
            """;

    @TempDir
    Path folder;

    @Test
    void loadWithoutAProblemAndLaunch() throws IOException {
        TestCertificates certificates = TestCertificates.create(folder);
        Path file = Files.writeString(folder.resolve("examples.yaml"), EXAMPLES);
        Path command = Files.writeString(folder.resolve("corp-auth"), "#!/bin/sh\necho corp-$1\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        try (FakeProvider remote = FakeProvider.startTls(certificates.serverFor(
                        "api.groq.com", "resource.openai.azure.com", "api.anthropic.com", "ai-gw.corp.example"));
                FakeProvider local = FakeProvider.start();
                FakeProxy proxy = FakeProxy.start().leadingTo(remote.baseUrl())) {
            ProcessOutcome outcome = ChildProcess.java(
                            LaunchExamples.class.getName(),
                            file.toString(),
                            certificates.authority().toString(),
                            local.baseUrl("/v1").toString())
                    .env("PATH", folder + ":/usr/bin:/bin")
                    .env("HTTPS_PROXY", proxy.url().toString())
                    .env("GROQ_API_KEY", "key-of-groq")
                    .env("AZURE_OPENAI_ENDPOINT", "https://resource.openai.azure.com/")
                    .env("AZURE_OPENAI_KEY", "key-of-azure")
                    .env("ANTHROPIC_API_KEY", "key-of-anthropic")
                    .run(Duration.ofSeconds(120));
            StringBuilder seen = new StringBuilder(outcome.stdout());
            remote.requests().forEach(request -> seen.append(line(request)));
            local.requests().forEach(request -> seen.append(line(request)));
            Golden.files().withoutPorts().check("ReferenceExamplesTest/launches.txt", seen.toString());
            assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
            assertThat(outcome.stdout()).contains("ollama READY http://localhost:11434/v1/chat/completions");
            assertThat(local.sawAnywhere("key-of-")).isFalse();
        }
    }

    private static String line(RecordedRequest request) {
        String key = request.header("authorization")
                .or(() -> request.header("api-key"))
                .or(() -> request.header("x-api-key"))
                .orElse("no key");
        return request.header("host").orElse("") + " " + request.target() + " " + key + " "
                + request.member("model").orElse("no model") + "\n";
    }
}
