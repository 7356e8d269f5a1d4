package com.example;

import dev.patchbay.Patchbay;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Asks the model that a request names. */
@SpringBootApplication
@RestController
public class BootApplication {

    private final ChatClient client;

    BootApplication(ChatClient.Builder client) {
        this.client = client.build();
    }

    public static void main(String[] arguments) {
        SpringApplication.run(BootApplication.class, arguments);
    }

    @Autowired
    void tell(Patchbay patchbay) {
        patchbay.plugins().forEach(System.out::println);
    }

    /** The whole answer. */
    @GetMapping("/ask")
    Mono<String> ask(@RequestParam String model) {
        return Mono.fromCallable(() -> asked(model).call().content()).subscribeOn(Schedulers.boundedElastic());
    }

    /** The answer as it comes; a browser that leaves ends the call. */
    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> stream(@RequestParam String model) {
        return asked(model).stream().content();
    }

    private ChatClient.ChatClientRequestSpec asked(String model) {
        return client.prompt("Hello").options(ChatOptions.builder().model(model));
    }
}
