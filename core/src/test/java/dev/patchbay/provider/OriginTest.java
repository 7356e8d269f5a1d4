package dev.patchbay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginTest {

    @Test
    void fillsInTheUsualPortAndIgnoresCase() {
        assertThat(origin("HTTPS://API.example.com/v1")).isEqualTo(origin("https://api.example.com:443"));
        assertThat(origin("http://api.example.com")).isNotEqualTo(origin("https://api.example.com"));
        assertThat(origin("https://api.example.com:8443")).hasToString("https://api.example.com:8443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "127.9.9.9",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.1.1",
                "100.64.0.1",
                "[::1]",
                "[fe80::1]",
                "[fd00::1]",
                "[::ffff:10.0.0.1]",
                "vllm",
                "nas.local",
                "host.docker.internal",
                "api.localhost",
                "router.lan",
                "0.0.0.0"
            })
    void knowsLocalHosts(String host) {
        assertThat(origin("http://" + host + "/v1").isLocal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.example.com",
                "8.8.8.8",
                "172.32.0.1",
                "100.128.0.1",
                "[2001:4860:4860::8888]",
                "[::ffff:8.8.8.8]",
                "localhost.example.com",
                "127.0.0.1.example.com"
            })
    void knowsPublicHosts(String host) {
        assertThat(origin("http://" + host + "/v1").isLocal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "0x7f000001"})
    void aNumberIsNoNameOfAPrivateHost(String host) {
        assertThat(new Origin("http", host, 80).isLocal()).isFalse();
    }

    private static Origin origin(String url) {
        return Origin.of(URI.create(url)).orElseThrow();
    }
}
