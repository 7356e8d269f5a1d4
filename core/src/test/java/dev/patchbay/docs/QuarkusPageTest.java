package dev.patchbay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.PageBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code docs/quarkus.md} shows is the application that the integration profile builds and runs. */
final class QuarkusPageTest {

    private static final Path ROOT = Path.of(System.getProperty("patchbay.root"));
    private static final Path APPLICATION = ROOT.resolve("integration/quarkus/src/main/java/com/example");

    @Test
    void theBlocksAreTheClassesOfTheApplication() throws IOException {
        List<String> blocks = PageBlocks.of(ROOT.resolve("docs/quarkus.md")).in("java");

        assertThat(blocks).hasSize(2);
        assertThat(Files.readString(APPLICATION.resolve("PatchbayBeans.java"))).endsWith(blocks.get(0));
        assertThat(Files.readString(APPLICATION.resolve("Questions.java"))).endsWith(blocks.get(1));
    }

    @Test
    void theVersionIsTheOneThatIsBuilt() throws IOException {
        String built = Files.readString(ROOT.resolve("integration/quarkus/pom.xml"))
                .split("<quarkus.version>|</quarkus.version>")[1];

        assertThat(Files.readString(ROOT.resolve("docs/quarkus.md")))
                .contains("(" + built.substring(0, built.lastIndexOf('.')) + ")");
    }
}
