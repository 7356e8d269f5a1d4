package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that Patchbay makes for itself. Whoever may write there has a provider file or a plugin of theirs run. */
final class OwnFoldersTest {

    @TempDir
    Path folder;

    @Test
    void areOfThisUserAloneWhereADefaultIsChosen() throws IOException {
        assertMakesPrivateFolders("config/patchbay/providers", "default", "demo");
    }

    @Test
    void areOfThisUserAloneWhereAProviderIsWritten() throws IOException {
        assertMakesPrivateFolders(
                "config/patchbay/providers", "providers", "new", "acme", "--from", "https://api.acme.example/v1");
    }

    @Test
    void areOfThisUserAloneWhereACatalogueIsTaken() throws Exception {
        Path edition = Files.writeString(
                folder.resolve("edition.json"),
                "{\"commit\": \"c0ffee\", \"date\": \"2026-11-01\", \"licence\": \"MIT\","
                        + " \"source\": \"https://models.example\", \"providers\": {}}");
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(edition)));
        assertMakesPrivateFolders("config/patchbay", "models", "update", edition.toString(), "--sha256", sum);
    }

    @Test
    void othersAreMadeAsTheirUserMakesThem() throws IOException {
        Path file = folder.resolve("project/acme.yaml");
        CliHarness.Result result = new CliHarness(folder.resolve("home"))
                .run("providers", "new", "acme", "--from", "https://api.acme.example/v1", "--file", file.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        Path usual = Files.createDirectory(folder.resolve("usual"));
        assertThat(Files.getPosixFilePermissions(file.getParent())).isEqualTo(Files.getPosixFilePermissions(usual));
    }

    private void assertMakesPrivateFolders(String deepest, String... command) throws IOException {
        CliHarness.Result result = new CliHarness(folder.resolve("config/patchbay")).run(command);
        assertThat(result.exitCode()).as(result.err()).isZero();
        for (Path made = folder.resolve(deepest); !made.equals(folder); made = made.getParent()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .as(made.toString())
                    .isEqualTo("rwx------");
        }
    }
}
