package dev.patchbay.builtin;

import dev.patchbay.Patchbay;
import dev.patchbay.internal.http.TrustSettings;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.TlsSettings;
import dev.patchbay.registry.Provider;
import dev.patchbay.session.LaunchRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A program of its own, so that the examples find their variables, their command and their proxy as a user's would. */
final class LaunchExamples {

    private static final Map<String, String> MODELS = Map.of("anthropic", "sonnet", "groq", "sonnet");

    private LaunchExamples() {}

    /**
     * Launches every provider of a file and prints state, URL and answer of each.
     *
     * @param arguments the file; the authority that this JVM trusts; where the model of this very machine is instead
     */
    public static void main(String[] arguments) throws Exception {
        TrustManager trust = TrustSettings.of(new TlsSettings(Optional.of(Path.of(arguments[1])), false))
                .orElseThrow();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        SSLContext.setDefault(context);
        try (Patchbay patchbay =
                Patchbay.builder().config(Path.of(arguments[0])).build()) {
            patchbay.registry().diagnostics().forEach(System.out::println);
            for (Provider provider : patchbay.registry().providers()) {
                if (provider.location().source().equals(arguments[0])) {
                    launch(patchbay, provider, arguments[2]);
                }
            }
        }
    }

    private static void launch(Patchbay patchbay, Provider provider, String local) {
        String id = provider.id();
        LaunchRequest.Builder request =
                LaunchRequest.query("Hello").provider(id).model(MODELS.getOrDefault(id, "a-model"));
        Route route = patchbay.route(request.build());
        Operation operation = route.operation().orElseThrow();
        System.out.println(id + " " + provider.state() + " "
                + route.target(operation).orElseThrow().url());
        if (id.equals("ollama")) {
            request.proxyEnabled(true).proxyBaseUrl(local);
        }
        System.out.println("  " + patchbay.launch(request.build()).await().text());
    }
}
