package dev.patchbay.cli.providers;

import dev.patchbay.provider.Gaps;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Piece;
import dev.patchbay.provider.ProxyServer;
import java.util.ArrayList;
import java.util.List;

/** How curl has to connect where a provider's file says so: through which proxy, and whom to trust. */
final class CurlConnection {

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
                .ifPresent(file -> options.add("--cacert " + ShellText.word(List.of(new Piece.Text(file.toString())))));
        if (http.tls().insecureSkipVerify()) {
            options.add("--insecure");
        }
        return options;
    }

    /** What proves to the proxy who asks; empty where it wants nothing. */
    static List<Piece> login(HttpSettings http) {
        Gaps gaps = new Gaps();
        return http.proxy()
                .server()
                .flatMap(ProxyServer::credential)
                .map(secret -> gaps.split(secret.outline(gaps)))
                .orElse(List.of());
    }
}
