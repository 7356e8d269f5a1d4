package dev.patchbay.workbench.probe;

/** The steps of a test, in their order; each needs those before it. */
public enum Step {
    /** The host has an address. */
    DNS("DNS"),
    /** Something listens there. */
    CONNECT("connect"),
    /** It proves who it is. */
    TLS("TLS"),
    /** The key is accepted. */
    AUTH("auth"),
    /** The provider lists the model. */
    MODELS("models"),
    /** It answers a request for one token. */
    CHAT("chat"),
    /** It streams, and says how many tokens that took. */
    STREAM("stream"),
    /** The model calls a tool. */
    TOOL_CALL("tool call"),
    /** The model goes on after the tool's result. */
    SECOND_TURN("second turn");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    /** For people. */
    public String label() {
        return label;
    }
}
