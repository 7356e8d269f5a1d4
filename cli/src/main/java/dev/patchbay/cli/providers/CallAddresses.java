package dev.patchbay.cli.providers;

import dev.patchbay.internal.route.Endpoints;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Value;
import java.util.Optional;

/** Where a provider is called, by the one rule that launches follow too (provider-files.md, section 2.4). */
final class CallAddresses {

    private static final String MODEL = "{model}";

    private CallAddresses() {}

    /** The URL of an operation, {@code {model}} for the model; empty if the provider does not offer it. */
    static Optional<String> of(Definition definition, Operation operation) {
        return Endpoints.of(definition)
                .flatMap(endpoints -> endpoints.target(operation, MODEL, true))
                .map(target -> target.url().toString().replace("%7Bmodel%7D", MODEL));
    }

    /** A header or query value for people: as it is, or the reference to it if it is secret. */
    static String text(Value value) {
        if (value instanceof Value.Plain plain) {
            return plain.text();
        }
        return ((Value.Hidden) value).secret().reference().toString();
    }
}
