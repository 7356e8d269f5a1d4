package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Coding agents, set as docs/clients.md says. */
enum ClientAgent {
    CLAUDE_CODE {
        @Override
        ChildProcess process(Path home, String gateway, String token, String prompt) throws IOException {
            return ClientInstallation.program(
                            LIBRARIES, "claude", home, "--print", "--allowedTools", "Bash", "--", prompt)
                    .env("ANTHROPIC_BASE_URL", gateway)
                    .env("ANTHROPIC_API_KEY", token)
                    .env("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        }
    },
    CODEX {
        @Override
        ChildProcess process(Path home, String gateway, String token, String prompt) throws IOException {
            String provider = "model_providers.patchbay={name=\"Patchbay\", base_url=\"" + gateway
                    + "/v1\", env_key=\"PATCHBAY_TOKEN\", wire_api=\"responses\"}";
            return ClientInstallation.program(
                            LIBRARIES,
                            "codex",
                            home,
                            "exec",
                            "--skip-git-repo-check",
                            "--dangerously-bypass-approvals-and-sandbox",
                            "-c",
                            "model_provider=patchbay",
                            "-c",
                            provider,
                            "-m",
                            "any-model",
                            prompt)
                    .env("PATCHBAY_TOKEN", token);
        }
    },
    OPENCODE {
        @Override
        ChildProcess process(Path home, String gateway, String token, String prompt) throws IOException {
            ObjectNode config = Json.object().put("model", "patchbay/m").put("small_model", "patchbay/m");
            config.putArray("enabled_providers").add("patchbay");
            ObjectNode provider = config.putObject("provider").putObject("patchbay");
            provider.put("npm", "@ai-sdk/openai-compatible");
            provider.putObject("options").put("baseURL", gateway + "/v1").put("apiKey", token);
            provider.putObject("models").putObject("m").put("tool_call", true);
            return ClientInstallation.program(LIBRARIES, "opencode", home, "run", prompt)
                    .env("OPENCODE_CONFIG_CONTENT", Json.text(config));
        }
    },
    PI {
        @Override
        ChildProcess process(Path home, String gateway, String token, String prompt) throws IOException {
            ObjectNode models = Json.object();
            ObjectNode provider = models.putObject("providers").putObject("patchbay");
            provider.put("baseUrl", gateway + "/v1")
                    .put("api", "openai-completions")
                    .put("apiKey", token);
            provider.putArray("models").addObject().put("id", "m");
            Path folder = Files.createDirectories(home.resolve(".pi/agent"));
            Files.writeString(folder.resolve("models.json"), Json.text(models));
            return ClientInstallation.program(
                    AGENTS, "pi", home, "--provider", "patchbay", "--model", "m", "-p", prompt);
        }
    },
    QWEN_CODE {
        @Override
        ChildProcess process(Path home, String gateway, String token, String prompt) throws IOException {
            return ClientInstallation.program(AGENTS, "qwen", home, "--auth-type", "openai", "--yolo", "-p", prompt)
                    .env("OPENAI_BASE_URL", gateway + "/v1")
                    .env("OPENAI_API_KEY", token)
                    .env("OPENAI_MODEL", "m");
        }
    },
    CONTINUE {
        @Override
        ChildProcess process(Path home, String gateway, String token, String prompt) throws IOException {
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
        ChildProcess process(Path home, String gateway, String token, String prompt) throws IOException {
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
                    .run(Duration.ofMinutes(1));
            return ClientInstallation.program(AGENTS, "cline", home, "-P", provider, "-m", "m", prompt);
        }
    };

    private static final String LIBRARIES = "matrix-package.json";
    private static final String AGENTS = "agents-package.json";

    abstract ChildProcess process(Path home, String gateway, String token, String prompt) throws IOException;
}
