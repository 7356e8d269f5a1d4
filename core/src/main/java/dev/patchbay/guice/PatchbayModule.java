package dev.patchbay.guice;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.patchbay.Patchbay;
import dev.patchbay.PatchbayBuilder;
import dev.patchbay.session.SessionStore;
import java.util.function.UnaryOperator;

/**
 * Binds one {@link Patchbay} and its {@link SessionStore} for the life of an injector.
 *
 * <pre>{@code
 * Guice.createInjector(new PatchbayModule(patchbay -> patchbay.config(Path.of("config/providers"))));
 * }</pre>
 *
 * <p>Guice closes nothing: close the {@code Patchbay} where the application ends.
 */
public final class PatchbayModule extends AbstractModule {

    private final UnaryOperator<PatchbayBuilder> configuration;

    /**
     * A module for one configuration.
     *
     * @param configuration says what the Patchbay reads; called once, when it is first injected
     */
    public PatchbayModule(UnaryOperator<PatchbayBuilder> configuration) {
        this.configuration = requireNonNull(configuration, "configuration is null");
    }

    @Provides
    @Singleton
    Patchbay patchbay() {
        return configuration.apply(Patchbay.builder()).build();
    }

    @Provides
    SessionStore store(Patchbay patchbay) {
        return patchbay.store();
    }
}
