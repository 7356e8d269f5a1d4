package com.example;

import dev.patchbay.Patchbay;
import dev.patchbay.langchain4j.PatchbayChatModel;
import dev.patchbay.langchain4j.PatchbayStreamingChatModel;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Has a Patchbay as a bean, which is closed with the application, and asks the model that a request names. */
@SpringBootApplication
public class BootApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(BootApplication.class, arguments);
    }

    @Bean
    Patchbay patchbay(
            @Value("${patchbay.config}") Path config,
            @Value("${patchbay.plugin-directory}") Path plugins,
            @Value("${patchbay.strict:false}") boolean strict) {
        Patchbay patchbay = Patchbay.builder()
                .config(config)
                .pluginDirectory(plugins)
                .strict(strict)
                .watch(reload -> System.out.println("providers: " + reload.summary()))
                .build();
        patchbay.plugins().forEach(System.out::println);
        return patchbay;
    }

    @Bean
    ScheduledExecutorService heartbeats() {
        return Executors.newSingleThreadScheduledExecutor();
    }

    /** What browsers ask. */
    @RestController
    static class Questions {

        private final Patchbay patchbay;
        private final ScheduledExecutorService heartbeats;

        Questions(Patchbay patchbay, ScheduledExecutorService heartbeats) {
            this.patchbay = patchbay;
            this.heartbeats = heartbeats;
        }

        /** The whole answer. */
        @GetMapping("/ask")
        String ask(@RequestParam("model") String model) {
            return PatchbayChatModel.of(patchbay, model).chat("Hello");
        }

        /** The answer as it comes; a browser that leaves ends the call. */
        @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        SseEmitter stream(@RequestParam("model") String model) {
            BrowserAnswer answer = new BrowserAnswer(heartbeats);
            answer.begin(PatchbayStreamingChatModel.of(patchbay, model));
            return answer.browser();
        }
    }
}
