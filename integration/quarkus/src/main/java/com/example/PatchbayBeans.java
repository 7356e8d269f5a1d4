package com.example;

import dev.patchbay.Patchbay;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** One Patchbay, made when the application starts and closed with it. */
public class PatchbayBeans {

    @Startup
    @Singleton
    @Produces
    Patchbay patchbay(
            @ConfigProperty(name = "patchbay.config") Path config,
            @ConfigProperty(name = "patchbay.plugin-directory") Path plugins,
            @ConfigProperty(name = "patchbay.strict", defaultValue = "false") boolean strict) {
        Patchbay patchbay = Patchbay.builder()
                .config(config)
                .pluginDirectory(plugins)
                .strict(strict)
                .watch(reload -> System.out.println("providers: " + reload.summary()))
                .build();
        patchbay.plugins().forEach(System.out::println);
        return patchbay;
    }

    void close(@Disposes Patchbay patchbay) {
        patchbay.close();
    }
}
