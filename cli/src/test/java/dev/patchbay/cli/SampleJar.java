package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.example.sample.SamplePlugin;
import dev.patchbay.spi.ProviderPlugin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A plugin jar, put together by a test. */
final class SampleJar {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** A jar with these lines in its manifest. */
    static SampleJar of(String... manifest) {
        SampleJar jar = new SampleJar();
        return jar.entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + String.join("\n", manifest) + "\n");
    }

    /** Puts the sample plugin in. */
    SampleJar plugin() throws IOException {
        return plugin("SamplePlugin", "SampleDialect");
    }

    /** Puts a plugin of the package of the sample in, with the classes that it needs. */
    SampleJar plugin(String plugin, String... others) throws IOException {
        List<String> names = new ArrayList<>(List.of(others));
        names.add(0, plugin);
        for (String name : names) {
            try (InputStream in = SamplePlugin.class.getResourceAsStream(name + ".class")) {
                entries.put("com/example/sample/" + name + ".class", in.readAllBytes());
            }
        }
        return entry("META-INF/services/" + ProviderPlugin.class.getName(), "com.example.sample." + plugin);
    }

    SampleJar entry(String name, String text) {
        entries.put(name, text.getBytes(UTF_8));
        return this;
    }

    Path writeTo(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()).setLastModifiedTime(FileTime.fromMillis(0)));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.write(file, bytes.toByteArray());
    }
}
