package dev.patchbay.provider;

/** The value of a header or a query member. */
public sealed interface Value {

    /** A value that may be printed. */
    record Plain(String text) implements Value {}

    /** A value that holds a secret and is therefore secret as a whole, resolved at use. */
    record Hidden(SecretValue secret) implements Value {}
}
