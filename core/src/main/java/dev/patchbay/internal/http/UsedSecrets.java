package dev.patchbay.internal.http;

import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.Secret;
import java.util.ArrayList;
import java.util.List;

/**
 * The secrets that went into the requests of one client, so that they can be taken out of what is said about them: a command
 * that is asked again may print another one. Safe for use by several threads.
 */
final class UsedSecrets {

    private final List<Secret> used = new ArrayList<>(2);

    /** Remembers a secret, once. */
    synchronized Secret add(Secret secret) {
        if (used.stream().noneMatch(known -> known.reveal().equals(secret.reveal()))) {
            used.add(secret);
        }
        return secret;
    }

    /** Looks a secret up and remembers it, and what it was put together from, which somebody may repeat alone. */
    Secret addResolved(SecretValue value) {
        value.parts().forEach(part -> add(part.resolve()));
        return add(value.resolve());
    }

    /** Remembers {@code user:password}, and the password, which somebody may repeat alone. */
    Secret addLogin(Secret userAndPassword) {
        add(userAndPassword);
        String text = userAndPassword.reveal();
        String password = text.substring(text.indexOf(':') + 1);
        if (!password.isBlank()) {
            add(Secret.of(password));
        }
        return userAndPassword;
    }

    /** Those so far. */
    synchronized List<Secret> used() {
        return List.copyOf(used);
    }
}
