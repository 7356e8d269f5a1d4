package dev.patchbay.internal.http;

import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds known secrets in texts that are to be handed to somebody else. Holds them as long as it is used; prints none. */
public final class SecretSearch {

    /** A shorter one is too likely an innocent word; a text that is nothing else is found from four on. */
    private static final int SHORTEST_PART = 12;

    private static final int SHORTEST_WHOLE = 4;

    /** A source of a plugin is called whatever the plugin likes. */
    private static final Set<String> AT_HAND = Set.of("env", "given", "literal", "file");

    private final Set<String> known = new LinkedHashSet<>();

    /** What long ones are in hexadecimal and Base64. */
    private final Set<String> encoded = new LinkedHashSet<>();

    /** What can be looked up without running a program or asking a plugin; one that is not there is left out. */
    public void add(Collection<SecretValue> secrets) {
        for (SecretValue secret : secrets) {
            add(secret.parts());
            if (!AT_HAND.contains(secret.reference().source())) {
                continue;
            }
            try {
                add(secret.resolve().reveal());
            } catch (ProviderException notThere) {
                // Then nobody can hand it on either.
            }
        }
    }

    /** A text that is a secret. */
    public void add(String secret) {
        String word = secret.strip();
        if (word.length() >= SHORTEST_WHOLE) {
            known.add(word);
        }
        if (word.length() >= SHORTEST_PART) {
            encoded.addAll(SecretEncodings.of(word));
        }
    }

    /** Whether there is nothing to look for. */
    public boolean isEmpty() {
        return known.isEmpty();
    }

    /** Whether a text is a secret, or holds one, as it is or encoded. */
    public boolean isIn(String text) {
        String stripped = text.strip();
        for (String secret : known) {
            if (stripped.equals(secret) || (secret.length() >= SHORTEST_PART && stripped.contains(secret))) {
                return true;
            }
        }
        return encoded.stream().anyMatch(text::contains);
    }

    @Override
    public String toString() {
        return "SecretSearch[" + known.size() + "]";
    }
}
