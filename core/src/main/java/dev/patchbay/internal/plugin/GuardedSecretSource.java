package dev.patchbay.internal.plugin;

import dev.patchbay.spi.Option;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretSource;
import java.util.List;
import java.util.function.Supplier;

/** A plugin's secret source behind a {@link PluginGuard}. */
final class GuardedSecretSource implements SecretSource {

    private final SecretSource source;
    private final PluginGuard guard;
    private final String scheme;
    private final List<Option> options;
    private volatile Supplier<ProviderContext> lent = GuardedSecretSource::nothing;

    GuardedSecretSource(SecretSource source, PluginGuard guard) throws Rejection {
        this.source = source;
        this.guard = guard;
        this.scheme = guard.load("SecretSource.scheme", source::scheme);
        this.options = guard.options("SecretSource.options", "secret source '" + scheme + "'", source::options);
    }

    /** Sets what its requests are lent. */
    void lend(Supplier<ProviderContext> context) {
        this.lent = context;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public List<Option> options() {
        return options;
    }

    @Override
    public Secret resolve(Request request) {
        Request withContext = new Lookup(request.reference(), request.options(), lent);
        return guard.callForRequest("SecretSource.resolve", () -> source.resolve(withContext));
    }

    @Override
    public void close() {
        guard.close("SecretSource.close", source::close);
    }

    private static ProviderContext nothing() {
        throw new ProviderException(ProviderException.Kind.AUTH, "no connection is lent to secret sources here");
    }

    private record Lookup(String reference, Options options, Supplier<ProviderContext> lent) implements Request {

        @Override
        public ProviderContext context() {
            return lent.get();
        }
    }
}
