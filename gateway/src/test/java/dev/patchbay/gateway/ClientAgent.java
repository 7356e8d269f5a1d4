package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Coding agents, set as docs/clients.md says. */
enum ClientAgent {
    CLAUDE_CODE {
        @Override
        ChildProcess process(Path home, String gateway, String token, String prompt, @Nullable Path picture)
                throws IOException {
            List<String> words = new ArrayList<>(List.of("--print", "--allowedTools", "Bash"));
            words.addAll(
                    picture == null
                            ? List.of("--", prompt)
                            : List.of("--input-format", "stream-json", "--output-format", "stream-json", "--verbose"));
            ChildProcess process = ClientInstallation.program(LIBRARIES, "claude", home, words.toArray(String[]::new));
            return (picture == null ? process : process.stdin(Json.text(pictured(prompt, picture)) + "\n"))
                    .env("ANTHROPIC_BASE_URL", gateway)
                    .env("ANTHROPIC_API_KEY", token)
                    .env("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        }

        /** Images come in with messages alone. */
        private static ObjectNode pictured(String prompt, Path picture) throws IOException {
            ObjectNode line = Json.object().put("type", "user");
            ArrayNode content = line.putObject("message").put("role", "user").putArray("content");
            content.addObject().put("type", "text").put("text", prompt);
            content.addObject()
                    .put("type", "image")
                    .putObject("source")
                    .put("type", "base64")
                    .put("media_type", "image/png")
                    .put("data", Base64.getEncoder().encodeToString(Files.readAllBytes(picture)));
            return line;
        }
    },
    CODEX {
        @Override
        ChildProcess process(Path home, String gateway, String token, String prompt, @Nullable Path picture)
                throws IOException {
            String provider = "model_providers.patchbay={name=\"Patchbay\", base_url=\"" + gateway
                    + "/v1\", env_key=\"PATCHBAY_TOKEN\", wire_api=\"responses\"}";
            List<String> words = new ArrayList<>(List.of(
                    "exec",
                    "--skip-git-repo-check",
                    "--dangerously-bypass-approvals-and-sandbox",
                    "-c",
                    "model_provider=patchbay",
                    "-c",
                    provider,
                    "-m",
                    "any-model"));
            words.addAll(picture == null ? List.of(prompt) : List.of("-i", picture.toString(), "--", prompt));
            return ClientInstallation.program(LIBRARIES, "codex", home, words.toArray(String[]::new))
                    .env("PATCHBAY_TOKEN", token);
        }
    },
    OPENCODE {
        @Override
        ChildProcess process(Path home, String gateway, String token, String prompt, @Nullable Path picture)
                throws IOException {
            ObjectNode config = Json.object().put("model", "patchbay/m").put("small_model", "patchbay/m");
            config.putArray("enabled_providers").add("patchbay");
            ObjectNode provider = config.putObject("provider").putObject("patchbay");
            provider.put("npm", "@ai-sdk/openai-compatible");
            provider.putObject("options").put("baseURL", gateway + "/v1").put("apiKey", token);
            ObjectNode model = provider.putObject("models").putObject("m");
            model.put("tool_call", true).put("attachment", true);
            ObjectNode modalities = model.putObject("modalities");
            modalities.putArray("input").add("text").add("image");
            modalities.putArray("output").add("text");
            List<String> words = new ArrayList<>(List.of("run", prompt));
            words.addAll(picture == null ? List.of() : List.of("-f", picture.toString()));
            return ClientInstallation.program(LIBRARIES, "opencode", home, words.toArray(String[]::new))
                    .env("OPENCODE_CONFIG_CONTENT", Json.text(config));
        }
    },
    PI {
        @Override
        ChildProcess process(Path home, String gateway, String token, String prompt, @Nullable Path picture)
                throws IOException {
            ObjectNode models = Json.object();
            ObjectNode provider = models.putObject("providers").putObject("patchbay");
            provider.put("baseUrl", gateway + "/v1")
                    .put("api", "openai-completions")
                    .put("apiKey", token);
            provider.putArray("models")
                    .addObject()
                    .put("id", "m")
                    .putArray("input")
                    .add("text")
                    .add("image");
            Path folder = Files.createDirectories(home.resolve(".pi/agent"));
            Files.writeString(folder.resolve("models.json"), Json.text(models));
            List<String> words = new ArrayList<>(List.of("--provider", "patchbay", "--model", "m", "-p"));
            words.addAll(picture == null ? List.of(prompt) : List.of("@" + picture, prompt));
            return ClientInstallation.program(AGENTS, "pi", home, words.toArray(String[]::new));
        }
    },
    QWEN_CODE {
        @Override
        ChildProcess process(Path home, String gateway, String token, String prompt, @Nullable Path picture)
                throws IOException {
            ObjectNode settings = Json.object();
            settings.putObject("model")
                    .putObject("generationConfig")
                    .putObject("modalities")
                    .put("image", true);
            Path folder = Files.createDirectories(home.resolve(".qwen"));
            Files.writeString(folder.resolve("settings.json"), Json.text(settings));
            String asked = picture == null ? prompt : "@" + picture.getFileName() + " " + prompt;
            return ClientInstallation.program(AGENTS, "qwen", home, "--auth-type", "openai", "--yolo", "-p", asked)
                    .env("OPENAI_BASE_URL", gateway + "/v1")
                    .env("OPENAI_API_KEY", token)
                    .env("OPENAI_MODEL", "m");
        }
    },
    CONTINUE {
        @Override
        ChildProcess process(Path home, String gateway, String token, String prompt, @Nullable Path picture)
                throws IOException {
            Path config = Files.writeString(
                    home.resolve("continue.yaml"),
                    "name: test\nversion: 1.0.0\nschema: v1\nmodels:\n- {name: m, provider: openai, model: m, apiBase: '"
                            + gateway + "/v1', apiKey: '" + token + "', roles: [chat], capabilities: [tool_use]}\n");
            return ClientInstallation.program(
                    AGENTS, "cn", home, "--config", config.toString(), "--auto", "-p", prompt);
        }
    },
    CLINE {
        @Override
        ChildProcess process(Path home, String gateway, String token, String prompt, @Nullable Path picture)
                throws IOException {
            String provider = "openai-compatible";
            ClientInstallation.program(
                            AGENTS,
                            "cline",
                            home,
                            "auth",
                            "-p",
                            provider,
                            "-k",
                            token,
                            "-m",
                            "m",
                            "-b",
                            gateway + "/v1")
                    .env(BACKEND, "local")
                    .run(Duration.ofMinutes(5));
            return ClientInstallation.program(AGENTS, "cline", home, "-P", provider, "-m", "m", prompt)
                    .env(BACKEND, "local");
        }
    };

    /** Of cline: not in a daemon, which would stay when it has ended, and go on writing into its home. */
    private static final String BACKEND = "CLINE_SESSION_BACKEND_MODE";

    private static final String LIBRARIES = "matrix-package.json";
    private static final String AGENTS = "agents-package.json";

    /** Whether it is given an image along with its prompt. */
    boolean sees() {
        return this != CONTINUE && this != CLINE;
    }

    abstract ChildProcess process(Path home, String gateway, String token, String prompt, @Nullable Path picture)
            throws IOException;
}
