package dev.patchbay.fuzz;

/** Where the fuzzer comes in; the system property {@code fuzz.target} names the target. */
public final class FuzzEntry {

    private static final Target TARGET = Target.named(System.getProperty("fuzz.target", Target.SSE_PARSER.label()));

    private FuzzEntry() {}

    /** The method that the fuzzer looks for. */
    public static void fuzzerTestOneInput(byte[] data) {
        TARGET.fuzz(data);
    }
}
