package dev.patchbay.internal.config.template;

import static java.util.Objects.requireNonNull;

/** A value cannot be read as a template. Its message quotes nothing of the value but names. */
public final class TemplateException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int offset;
    private final boolean foreign;
    private final String help;

    TemplateException(int offset, boolean foreign, String message, String help) {
        super(requireNonNull(message, "message is null"), null, false, false);
        this.offset = offset;
        this.foreign = foreign;
        this.help = help;
    }

    /** What is wrong. */
    public String problem() {
        return requireNonNull(getMessage());
    }

    /** Where, in UTF-16 units from the beginning of the value. */
    public int offset() {
        return offset;
    }

    /** Whether it is a reference in the manner of another tool. */
    public boolean isForeign() {
        return foreign;
    }

    /** What to write instead. */
    public String help() {
        return help;
    }
}
