package dev.patchbay.fuzz;

import dev.patchbay.codec.chat.ChatDialect;
import dev.patchbay.codec.messages.MessagesDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Everything that is fuzzed. */
enum Target {
    SSE_PARSER(new SseParserFuzz()),
    REQUEST_BODIES(new RequestBodiesFuzz()),
    ANSWER_BODIES(new AnswerBodiesFuzz()),
    CHAT_STREAM(new StreamFuzz(new ChatDialect(), "openai-chat-stream->")),
    MESSAGES_STREAM(new StreamFuzz(new MessagesDialect(), "anthropic-stream->")),
    PROVIDER_FILES(new ProviderFilesFuzz());

    private final FuzzTarget target;

    Target(FuzzTarget target) {
        this.target = target;
    }

    /** The target of a name such as {@code sse-parser}. */
    static Target named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** As options and folders call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void fuzz(byte[] data) {
        target.fuzz(data);
    }

    /** The target's own seeds, and what once broke it. */
    List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(target.seeds());
        seeds.addAll(Findings.of(label()));
        return seeds;
    }
}
