package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

/**
 * Says where a secret is to be found, without holding it: {@code env:GROQ_API_KEY}, {@code file:/run/secrets/key}.
 *
 * <p>A plugin receives references among its options and has them resolved by {@link ProviderContext#secret}, at the
 * time of use.
 *
 * @param source the kind of place: {@code env}, or the {@linkplain SecretSource#scheme() scheme} of a secret source
 * @param reference the name within that source; safe to print
 */
public record SecretRef(String source, String reference) {

    public SecretRef {
        requireNonNull(source, "source is null");
        requireNonNull(reference, "reference is null");
    }

    /** The form in which messages name it: {@code $NAME} for the environment, else {@code source:reference}. */
    @Override
    public String toString() {
        return source.equals("env") ? "$" + reference : source + ":" + reference;
    }
}
