package dev.patchbay.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.internal.InternalApi;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.spi.SpiVersion;
import dev.patchbay.testkit.Golden;
import dev.patchbay.testkit.PublicSignatures;
import org.junit.jupiter.api.Test;

/** What others can name of spi and of core's public packages (docs/compatibility.md): a change of it is seen before it is made. */
final class PublicSignaturesTest {

    private static final String SPI = "dev.patchbay.spi";

    private static final String[] CORE = {
        "dev.patchbay",
        "dev.patchbay.client",
        "dev.patchbay.diagnostic",
        "dev.patchbay.guice",
        "dev.patchbay.provider",
        "dev.patchbay.registry",
        "dev.patchbay.session"
    };

    private final PublicSignatures spi = PublicSignatures.beside(ProviderPlugin.class);
    private final PublicSignatures core =
            PublicSignatures.beside(Patchbay.class).without(element -> element.isAnnotationPresent(InternalApi.class));

    /** A line that goes or changes breaks jars, and wants another version. */
    @Test
    void signaturesOfSpiAreAsTheyWereInThisVersion() {
        Golden.assertMatches(
                PublicSignaturesTest.class, "spi.txt", "version " + SpiVersion.current() + "\n" + spi.of(SPI));
    }

    @Test
    void signaturesOfCoreAreAsTheyWere() {
        Golden.assertMatches(PublicSignaturesTest.class, "core.txt", core.of(CORE));
    }

    @Test
    void spiNamesTypesOfTheJdkAndItsOwnOnly() {
        assertThat(spi.mentioned(SPI)).allMatch(name -> name.startsWith("java.") || name.startsWith(SPI + "."));
    }

    @Test
    void coreNamesNoInternalTypeInPublic() {
        assertThat(core.mentioned(CORE))
                .contains("dev.patchbay.registry.RegistrySnapshot")
                .noneMatch(name -> name.startsWith("dev.patchbay.internal.") || name.startsWith("dev.patchbay.codec."))
                .noneMatch(PublicSignaturesTest::isMarked);
    }

    private static boolean isMarked(String name) {
        try {
            return name.startsWith("dev.patchbay.")
                    && Class.forName(name, false, Patchbay.class.getClassLoader())
                            .isAnnotationPresent(InternalApi.class);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name + " is mentioned and not there", e);
        }
    }
}
