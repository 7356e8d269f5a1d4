package dev.patchbay.internal.config.secret;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.template.Evaluation;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.provider.ProxyUrl;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.util.Optional;

/** User name and password of a proxy whose whole URL a variable holds: looked up in the environment each time. */
record ProxyUrlSecret(Template template, Environment environment, Location location) implements SecretValue {

    @Override
    public SecretRef reference() {
        return new SecretRef("env", template.firstVariable().orElse("http.proxy"));
    }

    @Override
    public Secret resolve() {
        Evaluation url = template.evaluate(environment);
        try {
            Optional<String> userInfo =
                    url.isComplete() ? ProxyUrl.parse(url.text()).userInfo() : Optional.empty();
            if (userInfo.isPresent()) {
                return Secret.of(userInfo.get());
            }
        } catch (IllegalArgumentException changed) {
            // It was a URL when the file was read; what it is now is said below.
        }
        throw ProviderException.builder(
                        ProviderException.Kind.AUTH,
                        reference() + " holds no URL of a proxy with a password any more (" + location + ")")
                .help("looked in " + environment.description())
                .build();
    }

    @Override
    public String toString() {
        return "secret " + reference() + " at " + location;
    }
}
