package dev.patchbay.internal.gateway;

/** What a JSON text may take in memory once it is read, which can be thirty times its length: <code>{},{},{}</code>. */
public final class JsonWeight {

    /** Of a node with its place in its parent. */
    private static final long NODE = 80;

    private JsonWeight() {}

    /** In bytes, never too little by much; whether a comma stands in a string is not looked at. */
    public static long of(byte[] json) {
        long nodes = 1;
        for (byte b : json) {
            if (b == ',' || b == '{' || b == '[') {
                nodes++;
            }
        }
        return 2L * json.length + NODE * nodes;
    }
}
