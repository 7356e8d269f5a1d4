package dev.patchbay.workbench.curl;

import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.SecretPlaceholders;
import dev.patchbay.provider.TextWithSecrets;
import java.util.ArrayList;
import java.util.List;

/** How curl has to connect where a provider's file says so: through which proxy, and whom to trust. */
public final class CurlConnection {

    private CurlConnection() {}

    /** Its options; none where the provider inherits the proxy, as curl does. */
    static List<String> options(HttpSettings http) {
        List<String> options = new ArrayList<>();
        http.proxy().server().ifPresent(proxy -> options.add("--proxy http://" + proxy.address()));
        if (!login(http).isEmpty()) {
            options.add("--proxy-user " + ShellText.word(login(http)));
        }
        if (http.proxy().server().isEmpty() && !http.proxy().isInherited()) {
            options.add("--noproxy '*'");
        }
        http.tls()
                .caFile()
                .ifPresent(file ->
                        options.add("--cacert " + ShellText.word(List.of(new TextWithSecrets.Text(file.toString())))));
        if (http.tls().insecureSkipVerify()) {
            options.add("--insecure");
        }
        return options;
    }

    /** What proves to the proxy who asks; empty where it wants nothing. */
    public static List<TextWithSecrets> login(HttpSettings http) {
        SecretPlaceholders gaps = new SecretPlaceholders();
        return http.proxy()
                .server()
                .flatMap(ProxyServer::credential)
                .map(secret -> gaps.split(secret.outline(gaps)))
                .orElse(List.of());
    }
}
