package dev.patchbay.plugin;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A plugin's dialect behind a {@link Guard}; what never changes is asked once, at load. */
final class GuardedDialect implements Dialect {

    private final Dialect dialect;
    private final Guard guard;
    private final String id;
    private final List<Option> options;
    private final boolean needsBaseUrl;

    GuardedDialect(Dialect dialect, Guard guard) throws Rejection {
        this.dialect = dialect;
        this.guard = guard;
        this.id = guard.load("Dialect.id", dialect::id);
        this.options = distinct(guard.load("Dialect.options", () -> List.copyOf(dialect.options())));
        this.needsBaseUrl = guard.load("Dialect.needsBaseUrl", dialect::needsBaseUrl);
    }

    /** A name that is there twice would make every provider file of this dialect fail. */
    private List<Option> distinct(List<Option> declared) throws Rejection {
        Set<String> names = new HashSet<>();
        for (Option option : declared) {
            if (!names.add(option.name())) {
                throw Rejection.because("dialect '" + id + "' declares the option " + option.name() + " twice");
            }
        }
        return declared;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<Option> options() {
        return options;
    }

    @Override
    public boolean needsBaseUrl() {
        return needsBaseUrl;
    }

    @Override
    public List<Problem> validate(ProviderDefinition definition) {
        return guard.call("Dialect.validate", () -> {
            List<Problem> problems = List.copyOf(dialect.validate(definition));
            for (Problem problem : problems) {
                requireNonNull(problem.path(), "the path of a problem is null");
                requireNonNull(problem.message(), "the message of a problem is null");
            }
            return problems;
        });
    }

    @Override
    public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
        return new GuardedClient(guard.call("Dialect.connect", () -> dialect.connect(definition, context)), guard);
    }
}
