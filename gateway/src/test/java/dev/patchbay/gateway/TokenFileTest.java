package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {

    @TempDir
    Path home;

    private Path write(String token, String mode) throws IOException {
        Path file = Files.writeString(home.resolve("token"), token);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void isMadeOnceAndForItsOwnerOnly() throws IOException {
        String token = TokenFile.in(home.resolve("new")).read().reveal();

        assertThat(token).hasSize(43);
        assertThat(TokenFile.in(home.resolve("new")).read().reveal()).isEqualTo(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("new/token"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(home.resolve("new"))) {
            assertThat(files).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw--w----", "rw-----w-", "rwxrwxrwx", "rwx------"})
    void isRefusedWhereOthersMayKnowIt(String mode) throws IOException {
        write("a-token-of-mine", mode);

        assertThatThrownBy(() -> TokenFile.in(home).read())
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600")
                .hasMessageNotContaining("a-token-of-mine");
    }

    @Test
    @Timeout(60)
    void countsAsItStandsNowWhileTheGatewayRuns() throws Exception {
        Path file = write("the-first-token", "rw-------");
        try (GatewayFixture fixture = new GatewayFixture()) {
            fixture.start(
                    fixture.chatProvider().build(),
                    builder -> builder.provider("chat").token(TokenFile.in(home)));
            assertThat(status(fixture, "the-first-token")).isEqualTo(200);

            Files.delete(file);
            assertThat(status(fixture, "the-first-token")).isEqualTo(200);
            write("the-other-token", "rw-------");
            while (status(fixture, "the-other-token") != 200) {
                Thread.onSpinWait();
            }
            assertThat(status(fixture, "the-first-token")).isEqualTo(401);
        }
    }

    @Test
    void whatCannotBeUsedChangesNothing() throws IOException {
        Path file = write("the-first-token", "rw-------");
        WatchedToken watched = new WatchedToken(TokenFile.in(home), () -> {});
        write("known-to-others", "rw-r--r--");
        watched.look();
        assertThat(watched.get().reveal()).isEqualTo("the-first-token");

        Files.delete(file);
        watched.look();
        assertThat(watched.get().reveal()).isEqualTo("the-first-token");
        assertThat(file).doesNotExist();
    }

    private static int status(GatewayFixture fixture, String token) throws Exception {
        try (RawClient client = RawClient.connect(fixture.gateway().port())) {
            client.send("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Api-Key: " + token + "\r\n\r\n");
            return client.readAnswer().status();
        }
    }

    @Test
    void isRefusedWhereItIsALink() throws IOException {
        Path elsewhere = Files.move(write("a-token-of-mine", "rw-------"), home.resolve("elsewhere"));
        Files.createSymbolicLink(home.resolve("token"), elsewhere);

        assertThatThrownBy(() -> TokenFile.in(home).read()).hasMessageContaining("it is a link; remove it");
    }

    @Test
    void isRefusedWhereALinkLeadsNowhere() throws IOException {
        Files.createSymbolicLink(home.resolve("token"), home.resolve("nowhere"));

        assertThatThrownBy(() -> TokenFile.in(home).read()).hasMessageContaining("it is a link; remove it");
        assertThat(home.resolve("nowhere")).doesNotExist();
    }

    @Test
    void isRefusedWhereItIsAFolder() throws IOException {
        Files.createDirectory(home.resolve("token"));

        assertThatThrownBy(() -> TokenFile.in(home).read()).hasMessageContaining("it is no file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "short", "two words of it", "line\nline-line", "t\u00f6ken-token"})
    void isRefusedWhereItHoldsNone(String text) throws IOException {
        write(text, "rw-------");

        assertThatThrownBy(() -> TokenFile.in(home).read()).hasMessageContaining("it holds no token; remove it");
    }

    @Test
    void isRefusedWhereItIsTooLong() throws IOException {
        write("t".repeat(10_000), "rw-------");

        assertThatThrownBy(() -> TokenFile.in(home).read()).hasMessageContaining("it holds no token");
    }

    @Test
    void mayBeReadOnly() throws IOException {
        write("a-token-of-mine\n", "r--------");

        assertThat(TokenFile.in(home).read().reveal()).isEqualTo("a-token-of-mine");
    }
}
