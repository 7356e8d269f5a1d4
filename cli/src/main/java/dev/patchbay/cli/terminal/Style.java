package dev.patchbay.cli.terminal;

/** How a word stands out, where it may. */
public enum Style {
    PLAIN,
    COLOURED;

    /** For what went wrong. */
    public String error(String text) {
        return wrap("31;1", text);
    }

    /** For what may not work as it is meant to. */
    public String warning(String text) {
        return wrap("33", text);
    }

    /** For what is as it should be. */
    public String good(String text) {
        return wrap("32", text);
    }

    /** For what to do about something. */
    public String help(String text) {
        return wrap("36", text);
    }

    /** For what matters less. */
    public String faint(String text) {
        return wrap("2", text);
    }

    private String wrap(String code, String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
