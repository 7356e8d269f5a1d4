package com.example.sample;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.net.URI;
import java.util.List;

/** Knows how to be refused, but forgets how long it was asked to wait; has no use for an answer. */
final class SampleDialect implements Dialect {

    @Override
    public String id() {
        return "sample";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.of("region", Option.Type.STRING)
                        .oneOf("eu", "us")
                        .withDefault("eu")
                        .describedAs("Where the model runs."),
                Option.of("token", Option.Type.SECRET).required().describedAs("Who pays."));
    }

    @Override
    public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
        URI url = definition.baseUrl().orElseThrow();
        return request -> ask(url, request, context);
    }

    private static ChatStream ask(URI url, ChatRequest request, ProviderContext context) {
        HttpCall call = HttpCall.get(url).header("X-Model", request.model());
        try (HttpReply reply = context.http().send(call)) {
            if (reply.status() == 200) {
                throw new ProviderException(Kind.SERVER, "the answer cannot be read");
            }
            throw ProviderException.builder(Kind.ofStatus(reply.status()), "refused")
                    .status(reply.status())
                    .build();
        }
    }
}
