package dev.patchbay.springboot;

import dev.patchbay.Patchbay;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Health of the registry: up if a provider can be used and no file has an error, else unknown, which keeps an application in service. No
 * provider is called.
 */
@AutoConfiguration(after = PatchbayAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
public final class PatchbayHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "patchbayHealthIndicator")
    HealthIndicator patchbayHealthIndicator(Patchbay patchbay) {
        return () -> {
            RegistrySnapshot registry = patchbay.registry();
            boolean usable = registry.providers().stream().anyMatch(Provider::isReady);
            boolean faulty = registry.diagnostics().stream().anyMatch(problem -> problem.isError());
            Health.Builder health = new Health.Builder();
            return (usable && !faulty ? health.up() : health.unknown())
                    .withDetail("providers", ProviderStates.of(patchbay))
                    .build();
        };
    }
}
