package dev.patchbay.fuzz.grammar;

/** Events as text. */
final class Streams {

    private Streams() {}

    static String named(String name, String data) {
        return "event: " + name + "\n" + data(data);
    }

    static String data(String data) {
        return "data: " + data + "\n\n";
    }
}
