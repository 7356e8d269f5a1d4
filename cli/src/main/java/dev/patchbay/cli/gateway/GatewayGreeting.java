package dev.patchbay.cli.gateway;

import dev.patchbay.diagnostic.Printable;
import dev.patchbay.gateway.ListedModel;
import dev.patchbay.internal.config.template.Environment;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a user needs to point clients at the gateway: lines to paste into a shell. */
final class GatewayGreeting {

    private static final List<String> PROXIES = List.of("http_proxy", "https_proxy", "all_proxy");

    private GatewayGreeting() {}

    /**
     * The text.
     *
     * @param key how a shell has the token; the token itself is not printed
     * @param destination where requests go
     * @param model what is known of the model that they go to; empty if there is none
     * @param providers one line for each
     */
    static String text(
            URI gateway,
            String key,
            String destination,
            Optional<ListedModel> model,
            String providers,
            Environment environment) {
        return """
                Patchbay gateway on %9$s: %3$s. Ctrl-C ends it.

                %4$s
                %8$s%5$s# Claude Code, Anthropic SDKs
                export ANTHROPIC_BASE_URL=%1$s
                export ANTHROPIC_API_KEY=%2$s
                %6$s
                # OpenAI SDKs and most other clients
                export OPENAI_BASE_URL=%1$s/v1
                export OPENAI_API_KEY=%2$s

                # Codex
                export PATCHBAY_TOKEN=%2$s
                codex -c model_provider=patchbay %7$s-c 'model_providers.patchbay={name="Patchbay", base_url="%1$s/v1", \
                env_key="PATCHBAY_TOKEN", wire_api="responses"}'

                # A test
                curl %1$s/v1/models -H "Authorization: Bearer $OPENAI_API_KEY"

                """.formatted(
                        fromHere(gateway),
                        key,
                        destination,
                        providers,
                        noProxy(environment),
                        contextForClaude(model),
                        contextForCodex(model),
                        otherMachines(gateway),
                        gateway);
    }

    /** Where this machine reaches it: an address that stands for all of its addresses is none to call. */
    private static String fromHere(URI gateway) {
        return gateway.toString().replaceFirst("//(0\\.0\\.0\\.0|\\[::0?])(?=:)", "//127.0.0.1");
    }

    private static String otherMachines(URI gateway) {
        // A name with an underscore is none for a URI.
        String host = String.valueOf(gateway.getHost());
        return host.startsWith("127.") || host.equals("localhost") || host.equals("[::1]") ? "" : """
                # Other machines reach it at this machine's address, and nothing is encrypted on the way: the token, the prompts and
                # the answers can be read there unless something that speaks TLS stands in front

                """;
    }

    /** Claude Code takes any model that it does not know for one of 200 000 tokens. */
    private static String contextForClaude(Optional<ListedModel> model) {
        if (model.isEmpty()) {
            return "";
        }
        if (model.get().context().isEmpty()) {
            return "# how much " + label(model.get())
                    + " can hold is not known; write models: {ID: {context: TOKENS}} into the provider's file\n";
        }
        int context = model.get().context().getAsInt();
        return "export CLAUDE_CODE_MAX_CONTEXT_TOKENS=" + context + "\nexport CLAUDE_CODE_AUTO_COMPACT_WINDOW="
                + context + "\n";
    }

    private static String contextForCodex(Optional<ListedModel> model) {
        return model.filter(known -> known.context().isPresent())
                .map(known -> "-c model_context_window=" + known.context().getAsInt() + " ")
                .orElse("");
    }

    private static String label(ListedModel model) {
        return model.id().isEmpty() ? "the default model" : Printable.line(model.id());
    }

    private static String noProxy(Environment environment) {
        boolean proxied = PROXIES.stream().anyMatch(name -> isSet(environment, name));
        return proxied ? """
                # A proxy is set here, which must not be asked for this machine
                export NO_PROXY=127.0.0.1,localhost${NO_PROXY:+,$NO_PROXY}
                export no_proxy=127.0.0.1,localhost${no_proxy:+,$no_proxy}

                """ : "";
    }

    private static boolean isSet(Environment environment, String name) {
        return Stream.of(name, name.toUpperCase(Locale.ROOT))
                .flatMap(variable -> environment.get(variable).stream())
                .anyMatch(value -> !value.isBlank());
    }
}
