package dev.patchbay.cli.gateway;

import java.net.URI;
import java.nio.file.Path;

/** What a user needs to point clients at the gateway: lines to paste into a shell. */
final class Welcome {

    private Welcome() {}

    /**
     * The text.
     *
     * @param token the file that holds the token; the token itself is not printed
     * @param destination where requests go that name no model
     */
    static String text(URI gateway, Path token, String destination) {
        String key = "\"$(cat '" + token.toAbsolutePath().toString().replace("'", "'\\''") + "')\"";
        return """
                Patchbay gateway on %1$s, to %3$s. Ctrl-C ends it.

                # Claude Code, Anthropic SDKs
                export ANTHROPIC_BASE_URL=%1$s
                export ANTHROPIC_API_KEY=%2$s

                # OpenAI SDKs and most other clients
                export OPENAI_BASE_URL=%1$s/v1
                export OPENAI_API_KEY=%2$s

                # Codex
                export PATCHBAY_TOKEN=%2$s
                codex -c model_provider=patchbay -c 'model_providers.patchbay={name="Patchbay", base_url="%1$s/v1", \
                env_key="PATCHBAY_TOKEN", wire_api="responses"}'

                # A test
                curl %1$s/v1/models -H "Authorization: Bearer $OPENAI_API_KEY"

                """.formatted(gateway, key, destination);
    }
}
