package dev.patchbay.internal.route;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import org.jspecify.annotations.Nullable;

/** A secret of a test, as if it came from a variable. */
public final class TestSecret implements SecretValue {

    private final String name;
    private final @Nullable String text;

    private TestSecret(String name, @Nullable String text) {
        this.name = name;
        this.text = text;
    }

    public static SecretValue of(String name, String text) {
        return new TestSecret(name, text);
    }

    public static SecretValue unset(String name) {
        return new TestSecret(name, null);
    }

    @Override
    public SecretRef reference() {
        return new SecretRef("env", name);
    }

    @Override
    public Location location() {
        return new Location("test.yaml", 3, 13);
    }

    @Override
    public Secret resolve() {
        if (text == null) {
            throw new ProviderException(ProviderException.Kind.AUTH, "$" + name + " is not set");
        }
        return Secret.of(text);
    }

    @Override
    public String toString() {
        return "$" + name;
    }
}
