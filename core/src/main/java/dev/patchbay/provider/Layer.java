package dev.patchbay.provider;

/** Where a definition comes from; a later one beats an earlier one (provider-files.md, section 1). */
public enum Layer {
    /** Inside the program, inert: only {@code extends: preset:<id>} reaches them. */
    PRESET("preset"),
    /** A plugin on the class path. */
    BUILT_IN("built-in"),
    /** A plugin jar. */
    PLUGIN("plugin"),
    /** The user's own folder. */
    USER("user"),
    /** What {@code PATCHBAY_CONFIG} names. */
    ENVIRONMENT("environment"),
    /** What {@code --config} names. */
    COMMAND_LINE("command line"),
    /** Passed in code. */
    EMBEDDER("embedder");

    private final String word;

    Layer(String word) {
        this.word = word;
    }

    /** For people. */
    public String word() {
        return word;
    }

    /** Whether it belongs to the program and its plugins rather than to the user's own files. */
    public boolean isSupplied() {
        return this == PRESET || this == BUILT_IN || this == PLUGIN;
    }
}
