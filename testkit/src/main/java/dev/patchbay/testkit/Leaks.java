package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Looks for a secret in everything that can be printed. */
final class Leaks {

    private final String canary;
    private final List<String> places = new ArrayList<>();

    Leaks(String canary) {
        this.canary = canary;
    }

    /** Looks into what something prints of itself; of an exception, into its whole trace. */
    void add(String place, Object printed) {
        String text = printed.toString();
        if (printed instanceof Throwable failure) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            text = trace.toString();
        }
        if (text.contains(canary)) {
            places.add(place + ": " + text.replace(canary, "(the secret)"));
        }
    }

    /** Looks into what is written to the standard outputs of this JVM meanwhile. */
    void watch(Runnable work) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream watched = new PrintStream(written, true, UTF_8);
        System.setOut(watched);
        System.setErr(watched);
        try {
            work.run();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        add("standard output", written.toString(UTF_8));
        out.print(written.toString(UTF_8).replace(canary, "(the secret)"));
    }

    void assertNone() {
        if (!places.isEmpty()) {
            throw new AssertionError("a secret shows in " + String.join("\n", places));
        }
    }
}
