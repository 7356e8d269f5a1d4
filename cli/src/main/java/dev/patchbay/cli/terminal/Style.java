package dev.patchbay.cli.terminal;

/** How a word stands out, where it may. */
public enum Style {
    PLAIN,
    COLOURED;

    /** For what went wrong. */
    public String error(String text) {
        return wrap("31;1", text);
    }

    /** For what matters less. */
    public String faint(String text) {
        return wrap("2", text);
    }

    private String wrap(String code, String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
