package dev.patchbay.springboot;

import dev.patchbay.Patchbay;
import java.util.Map;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The providers and their states among the information of an application. */
@AutoConfiguration(after = PatchbayAutoConfiguration.class)
@ConditionalOnClass(InfoContributor.class)
public final class PatchbayInfoAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "patchbayInfoContributor")
    InfoContributor patchbayInfoContributor(Patchbay patchbay) {
        return info -> info.withDetail(
                "patchbay",
                Map.of(
                        "defaultProvider", patchbay.registry().defaultProvider(),
                        "providers", ProviderStates.of(patchbay)));
    }
}
