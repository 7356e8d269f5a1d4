package com.example.modular;

import dev.patchbay.Patchbay;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import java.nio.file.Path;
import java.util.List;

/** Runs on the module path. */
public final class ModularApplication {

    private ModularApplication() {}

    /** Asks a provider of a file, one of a plugin jar and one of the class path. */
    public static void main(String[] arguments) {
        try (Patchbay patchbay = Patchbay.builder()
                .config(Path.of(arguments[0]))
                .pluginDirectory(Path.of(arguments[1]))
                .build()) {
            patchbay.registry().diagnostics().forEach(System.out::println);
            for (String model : List.of("fake/m", "lines/m", "demo/")) {
                Session session = patchbay.launch(
                        LaunchRequest.query("Hello").model(model).build());
                System.out.println(model + ": " + session.await().text());
            }
            patchbay.plugins().forEach(System.out::println);
        }
    }
}
