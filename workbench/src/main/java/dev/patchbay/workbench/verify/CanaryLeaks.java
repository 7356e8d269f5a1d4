package dev.patchbay.workbench.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Looks for the canary in everything that can be printed. */
final class CanaryLeaks {

    private final Set<String> places = new ConcurrentSkipListSet<>();

    void look(String place, String text) {
        if (text.contains(ScriptedHost.CANARY)) {
            places.add(place);
        }
    }

    /** Looks into the whole trace. */
    void look(String place, Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        look(place, trace.toString());
    }

    /** Keeps what is printed meanwhile to itself, and looks into it. */
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
        look("the standard output", written.toString(UTF_8));
    }

    /** What to say of each place where it was seen. */
    List<String> faults() {
        return places.stream().map(place -> "a secret shows in " + place).toList();
    }
}
