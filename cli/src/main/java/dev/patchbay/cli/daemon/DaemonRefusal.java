package dev.patchbay.cli.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.spi.PatchbayException;

/** The daemon answered with an error, in whose words it is told. */
public final class DaemonRefusal extends PatchbayException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 500;

    private final int status;
    private final String code;
    private final String reason;

    private DaemonRefusal(int status, String code, String reason, String help) {
        super("patchbay: " + reason + (help.isEmpty() ? "" : "; " + help), null);
        this.status = status;
        this.code = code;
        this.reason = reason;
    }

    static DaemonRefusal of(int status, JsonNode json, String body) {
        JsonNode error = json.path("error");
        String message = error.path("message").asText();
        if (message.isEmpty()) {
            String first = body.lines().findFirst().orElse("");
            message = "status " + status
                    + (first.isEmpty() ? "" : ": " + first.substring(0, Math.min(LONGEST, first.length())));
        }
        String help = error.path("help").asText();
        return new DaemonRefusal(status, error.path("code").asText(), message, help);
    }

    /** For programs, such as {@code unknown_provider}. */
    public String code() {
        return code;
    }

    /** What is wrong, without what to do. */
    public String reason() {
        return reason;
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }
}
