package dev.patchbay.codec.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;

/** Prints a member a line, the same on every system. Jackson's own way to set the colon differs between its versions. */
final class LinePrinter extends DefaultPrettyPrinter {

    private static final long serialVersionUID = 1L;

    LinePrinter() {
        indentObjectsWith(new DefaultIndenter("  ", "\n"));
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
        return new LinePrinter();
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
        out.writeRaw(": ");
    }
}
