package com.example;

import dev.patchbay.Patchbay;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Has a Patchbay as a bean, which is closed with the application. */
@SpringBootApplication
public class BootApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(BootApplication.class, arguments);
    }

    @Bean
    Patchbay patchbay(ApplicationArguments arguments) {
        List<String> paths = arguments.getNonOptionArgs();
        return Patchbay.builder()
                .config(Path.of(paths.get(0)))
                .pluginDirectory(Path.of(paths.get(1)))
                .build();
    }

    /** Asks a provider of a file, one of a plugin jar and one of the class path. */
    @Bean
    CommandLineRunner conversation(Patchbay patchbay) {
        return arguments -> {
            patchbay.registry().diagnostics().forEach(System.out::println);
            for (String model : List.of("fake/m", "lines/m", "demo/")) {
                Session session = patchbay.launch(
                        LaunchRequest.query("Hello").model(model).build());
                System.out.println(model + ": " + session.await().text());
            }
            patchbay.plugins().forEach(System.out::println);
        };
    }
}
