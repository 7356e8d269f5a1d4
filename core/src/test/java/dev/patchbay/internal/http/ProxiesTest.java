package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.ProxySettings;
import dev.patchbay.spi.ProviderException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which proxy a request goes through (provider-files.md, section 2.2, proxy). */
final class ProxiesTest {

    private static final String HTTPS = "https://api.p.example/v1";

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY=http://a:1,                       https://api.p.example, a:1",
        "HTTPS_PROXY=http://a:1,                       http://api.p.example,  direct",
        "HTTP_PROXY=http://a:1,                        http://api.p.example,  a:1",
        "ALL_PROXY=http://a:1,                         http://api.p.example,  a:1",
        "all_proxy=http://a:1 HTTPS_PROXY=http://b:2,  https://api.p.example, b:2",
        "https_proxy=http://a:1 HTTPS_PROXY=http://b:2, https://api.p.example, a:1",
        "https_proxy= HTTPS_PROXY=http://b:2,          https://api.p.example, b:2",
        "HTTPS_PROXY=a:1,                              https://api.p.example, a:1",
        "HTTPS_PROXY=http://A.example/,                https://api.p.example, a.example:80",
        "HTTPS_PROXY=http://[::1]:3128,                https://api.p.example, [::1]:3128",
        "HTTPS_PROXY=http://a:1,                       https://localhost:8443, direct",
        "HTTPS_PROXY=http://a:1,                       https://127.0.0.53,    direct",
        "HTTPS_PROXY=http://a:1,                       https://[::1],         direct",
        "HTTPS_PROXY=http://a:1,                       https://10.0.0.1,      a:1",
    })
    void followsTheEnvironment(String variables, String target, String proxy) {
        assertThat(find(variables, HttpSettings.DEFAULT, target)
                        .map(ProxyServer::address)
                        .orElse("direct"))
                .isEqualTo(proxy);
    }

    @ParameterizedTest
    @CsvSource({
        "*,                    true",
        "p.example,            true",
        ".p.example,           true",
        "*.p.example,          true",
        "API.P.EXAMPLE,        true",
        "api.p.example:443,    true",
        "api.p.example:8443,   false",
        "'one.example, p.example', true",
        "'one.example p.example',  true",
        "example.org,          false",
        "pi.p.example,         false",
        "'',                   false",
        "'.',                  false",
        "10.0.0.0/8,           false",
    })
    void leavesOutTheHostsOfNoProxy(String list, boolean direct) {
        Map<String, String> variables = Map.of("HTTPS_PROXY", "http://a:1", "NO_PROXY", list);
        assertThat(Proxies.of(Environment.of(variables)).find(HttpSettings.DEFAULT, origin(HTTPS)))
                .isEqualTo(direct ? Optional.empty() : Optional.of(server("a", 1, "HTTPS_PROXY")));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,     https://10.9.8.7,      true",
        "10.0.0.0/8,     https://11.9.8.7,      false",
        "10.0.0.0/33,    https://10.9.8.7,      false",
        "10.0.0.0/x,     https://10.9.8.7,      false",
        "0.0.0.0/0,      https://10.9.8.7,      true",
        "10.9.8.7,       https://10.9.8.7,      true",
        "9.8.7,          https://10.9.8.7,      true",
        "fd00::/8,       https://[fd12::1],     true",
        "[fd12::1]:8443, https://[fd12::1]:8443, true",
        "[fd12::1]:8443, https://[fd12::1],     false",
        "fd12::1,        https://[fd12::1],     true",
        "fd00::/8,       https://10.9.8.7,      false",
    })
    void knowsAddressesAndNetworksThere(String list, String target, boolean direct) {
        assertThat(new NoProxy(list).covers(origin(target))).isEqualTo(direct);
    }

    @Test
    void whatTheProviderSaysStandsAboveTheEnvironment() {
        ProxyServer mine = server("mine", 2, "http.proxy");
        String variables = "HTTPS_PROXY=http://a:1 NO_PROXY=*";
        assertThat(find(variables, HttpSettings.DEFAULT.withProxy(ProxySettings.through(mine)), HTTPS))
                .contains(mine);
        assertThat(find(variables, HttpSettings.DEFAULT.withProxy(ProxySettings.through(mine)), "http://127.0.0.1:1"))
                .contains(mine);
        assertThat(find("HTTPS_PROXY=http://a:1", HttpSettings.DEFAULT.withProxy(ProxySettings.NONE), HTTPS))
                .isEmpty();
    }

    @Test
    void aPasswordOfTheEnvironmentIsNotPrinted() {
        ProxyServer proxy = find("HTTPS_PROXY=http://me:canary%21@a:1", HttpSettings.DEFAULT, HTTPS)
                .orElseThrow();
        assertThat(proxy.credential().orElseThrow().resolve().reveal()).isEqualTo("me:canary!");
        assertThat(proxy.toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://canary@a:1",
                "https://canary@a:1",
                "http://canary@a:x",
                "http://canary@",
                "http://a:1/p"
            })
    void aProxyThatCannotBeUsedIsNotGoneAround(String proxy) {
        assertThatThrownBy(() -> find("HTTPS_PROXY=" + proxy, HttpSettings.DEFAULT, HTTPS))
                .isInstanceOf(ProviderException.class)
                .hasMessageStartingWith("the proxy in HTTPS_PROXY cannot be used: ")
                .hasMessageEndingWith("; nothing was sent")
                .hasMessageNotContaining("canary");
    }

    private static Optional<ProxyServer> find(String variables, HttpSettings settings, String target) {
        Map<String, String> map = new HashMap<>();
        for (String variable : variables.split(" ", -1)) {
            map.put(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        }
        return Proxies.of(Environment.of(map)).find(settings, origin(target));
    }

    private static ProxyServer server(String host, int port, String source) {
        return new ProxyServer(host, port, Optional.empty(), source);
    }

    private static Origin origin(String url) {
        return Origin.of(URI.create(url)).orElseThrow();
    }
}
