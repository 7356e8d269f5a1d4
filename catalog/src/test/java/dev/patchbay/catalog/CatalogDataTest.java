package dev.patchbay.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/**
 * The data in the jar. It is made from models.dev as one JSON document, whose path {@code $PATCHBAY_MODELS_DEV} names:
 * {@code PATCHBAY_MODELS_DEV=models.json mvn -pl catalog test -Dtest=CatalogDataTest -Dgolden.update=true}.
 */
final class CatalogDataTest {

    private static final Path DATA = Path.of("src/main/resources/dev/patchbay/catalog", Catalog.RESOURCE);

    @Test
    void isWhatTheSourceSays() throws IOException {
        String source = System.getenv("PATCHBAY_MODELS_DEV");
        assumeTrue(source != null && !source.isEmpty(), "PATCHBAY_MODELS_DEV names no source");
        String made = CatalogText.write(ModelsDevReader.read(Files.readString(Path.of(source))));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DATA, made);
        }
        assertThat(Files.readString(DATA).equals(made))
                .as("the data was made from this source; -Dgolden.update=true makes it anew")
                .isTrue();
    }

    @Test
    void isSmallEnoughForEveryDownload() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater =
                new DeflaterOutputStream(packed, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            deflater.write(Files.readAllBytes(DATA));
        }
        assertThat(packed.size()).isLessThan(100_000);
    }

    @Test
    void holdsTheProvidersOfTheDay() {
        Catalog catalog = Catalog.bundled();
        assertThat(catalog.date()).isAfter(LocalDate.of(2026, 1, 1));
        assertThat(catalog.providers()).hasSizeGreaterThan(140);
        assertThat(catalog.providers().values().stream()
                        .mapToInt(p -> p.models().size())
                        .sum())
                .isGreaterThan(5000);
        assertThat(catalog.providers().values().stream().filter(CatalogProvider::isPreset))
                .hasSizeBetween(110, 125);
    }

    @Test
    void tellsTheKeyVariablesOfAProviderWithoutItsModels() {
        ModelsDevCatalog catalog = ModelsDevCatalog.bundled();
        assertThat(catalog.keyVariables("mistral")).containsExactly("MISTRAL_API_KEY");
        assertThat(catalog.keyVariables("nobody")).isEmpty();
    }

    @Test
    void losesNothingOnTheWayThroughTheText() {
        Catalog catalog = Catalog.bundled();
        assertThat(CatalogText.read(CatalogText.write(catalog))).isEqualTo(catalog);
    }

    @Test
    void carriesTheLicenceOfItsSource() throws IOException {
        try (InputStream licence = Catalog.class.getResourceAsStream("models.dev.LICENSE")) {
            assertThat(licence).isNotNull();
            assertThat(new String(licence.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("MIT License", "models.dev");
        }
    }
}
