package dev.patchbay.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The standard streams that a plugin sees: whoever closes {@code System.out}, say by a {@code try} with something around it, would
 * close what the answer is printed to.
 */
public final class StandardStreams {

    private StandardStreams() {}

    /** From here on they cannot be closed by {@code System.in}, {@code System.out} and {@code System.err}. */
    public static void keepOpen() {
        System.setIn(new OpenInput(System.in));
        System.setOut(new PrintStream(new OpenOutput(System.out), true, UTF_8));
        System.setErr(new PrintStream(new OpenOutput(System.err), true, UTF_8));
    }

    private static final class OpenInput extends FilterInputStream {

        OpenInput(InputStream stream) {
            super(stream);
        }

        @Override
        public void close() {
            // The process needs it.
        }
    }

    private static final class OpenOutput extends FilterOutputStream {

        OpenOutput(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
