package dev.patchbay.internal.gateway.plan;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes a JSON string. */
final class JsonQuoting {

    private JsonQuoting() {}

    /** The text in quotation marks, in UTF-8. */
    static byte[] utf8(String text) {
        byte[] inner = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        byte[] quoted = new byte[inner.length + 2];
        quoted[0] = '"';
        System.arraycopy(inner, 0, quoted, 1, inner.length);
        quoted[quoted.length - 1] = '"';
        return quoted;
    }
}
