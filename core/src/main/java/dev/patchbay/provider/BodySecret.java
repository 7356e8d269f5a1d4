package dev.patchbay.provider;

/**
 * A value of a body rule that a reference is part of: secret as a whole, and looked up each time it is used (provider-files.md,
 * section 2).
 */
public interface BodySecret {

    /** The text of the value. */
    SecretValue secret();

    /**
     * The value as a body holds it.
     *
     * @param text what the secret is
     * @return a text, a number or a truth value
     */
    Object typed(String text);
}
