package com.example.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.spi.ProviderPlugin;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** A plugin that closes the standard streams, as a try with something around them does, and leaves others in their place. */
public final class ClosingPlugin implements ProviderPlugin {

    /** Closes them. */
    public ClosingPlugin() {
        try (PrintStream out = new PrintStream(System.out, true, UTF_8);
                PrintStream err = new PrintStream(System.err, true, UTF_8)) {
            out.print("");
            err.print("");
            System.in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setOut(new PrintStream(PrintStream.nullOutputStream(), true, UTF_8));
    }

    @Override
    public String id() {
        return "closing";
    }
}
