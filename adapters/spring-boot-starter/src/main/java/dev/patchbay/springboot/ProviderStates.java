package dev.patchbay.springboot;

import dev.patchbay.Patchbay;
import dev.patchbay.registry.Provider;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The providers of a registry for people who look at an application from outside. Nobody is asked, and nothing is secret. */
final class ProviderStates {

    private ProviderStates() {}

    /** Each provider's state, with the reason where it cannot be used. */
    static Map<String, String> of(Patchbay patchbay) {
        Map<String, String> states = new LinkedHashMap<>();
        for (Provider provider : patchbay.registry().providers()) {
            String state = provider.state().name().toLowerCase(Locale.ROOT);
            states.put(
                    provider.id(),
                    provider.reason().map(reason -> state + ": " + reason).orElse(state));
        }
        return states;
    }
}
