package dev.patchbay.registry;

/** Whether a provider can be used (provider-files.md, section 1). */
public enum ProviderState {
    /** It can be launched. */
    READY,
    /** Its definition is valid, but a secret, a variable or a plugin is missing. */
    UNAVAILABLE,
    /** Its definition has errors; the others load. */
    INVALID,
    /** Its definition says {@code enabled: false}. */
    DISABLED,
    /** A definition of the same id in a higher layer is used instead. */
    SHADOWED
}
