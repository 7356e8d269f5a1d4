package dev.patchbay.internal.config;

import dev.patchbay.internal.config.template.Environment;
import java.util.Optional;

/** The environment of this process; the only place that reads it. */
public final class ProcessEnvironment implements Environment {

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(System.getenv(name));
    }
}
