package dev.patchbay.workbench.schema;

import dev.patchbay.testkit.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SchemaFileTest {

    @Test
    void theFileForEditorsIsMadeFromTheTable() {
        Golden.in(Path.of(System.getProperty("patchbay.root"), "config"))
                .check("patchbay.schema.json", ProviderFileSchema.text());
    }
}
