package dev.patchbay.fuzz;

import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.codec.chat.ChatStreamEncoder;
import dev.patchbay.codec.messages.MessagesStreamEncoder;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.responses.ResponsesStreamEncoder;
import dev.patchbay.fuzz.grammar.ChatRules;
import dev.patchbay.fuzz.grammar.MessagesRules;
import dev.patchbay.fuzz.grammar.ResponsesRules;
import dev.patchbay.spi.ChatEvent;
import java.util.List;
import java.util.function.Function;

/** The dialects that clients speak: what writes a stream for them, and what judges it. */
enum EveryClient {
    MESSAGES(asked -> new MessagesStreamEncoder("m"), MessagesRules::violations),
    CHAT(asked -> new ChatStreamEncoder("m", false), sent -> ChatRules.violations(sent, false)),
    CHAT_WITH_USAGE(asked -> new ChatStreamEncoder("m", true), sent -> ChatRules.violations(sent, true)),
    RESPONSES(asked -> new ResponsesStreamEncoder(asked, item -> {}), ResponsesRules::violations);

    private final Function<ResponsesRequest, StreamEncoder> encoders;
    private final Function<String, List<String>> rules;

    EveryClient(Function<ResponsesRequest, StreamEncoder> encoders, Function<String, List<String>> rules) {
        this.encoders = encoders;
        this.rules = rules;
    }

    StreamEncoder encoder(ResponsesRequest asked) {
        return encoders.apply(asked);
    }

    List<String> violations(String sent) {
        return rules.apply(sent);
    }

    /** Writes the events of a complete answer for each of them. */
    static void streams(List<ChatEvent> events, ResponsesRequest asked) {
        for (EveryClient client : values()) {
            StreamEncoder encoder = client.encoder(asked);
            StringBuilder sent = new StringBuilder();
            events.forEach(event -> sent.append(encoder.encode(event)));
            Promise.noViolations(client.violations(sent.toString()), sent.toString());
        }
    }
}
