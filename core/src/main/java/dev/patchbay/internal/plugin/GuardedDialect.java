package dev.patchbay.internal.plugin;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.Capability;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.DialectCodec;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A plugin's dialect behind a {@link PluginGuard}; what never changes is asked once, at load. */
final class GuardedDialect implements Dialect {

    private final Dialect dialect;
    private final PluginGuard guard;
    private final String id;
    private final List<Option> options;
    private final boolean needsBaseUrl;
    private final Set<Capability> capabilities;

    GuardedDialect(Dialect dialect, PluginGuard guard) throws Rejection {
        this.dialect = dialect;
        this.guard = guard;
        this.id = guard.load("Dialect.id", dialect::id);
        this.options = guard.options("Dialect.options", "dialect '" + id + "'", dialect::options);
        this.needsBaseUrl = guard.load("Dialect.needsBaseUrl", dialect::needsBaseUrl);
        this.capabilities = guard.load("Dialect.capabilities", () -> Set.copyOf(dialect.capabilities()));
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
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public Optional<DialectCodec> codec(ProviderDefinition definition) {
        return guard.call("Dialect.codec", () -> dialect.codec(definition));
    }

    @Override
    public List<Problem> validate(ProviderDefinition definition) {
        return guard.callInTime("Dialect.validate", () -> {
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
