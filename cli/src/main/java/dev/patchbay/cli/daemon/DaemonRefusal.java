package dev.patchbay.cli.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.spi.PatchbayException;

/** The daemon answered with an error, in whose words it is told. */
public final class DaemonRefusal extends PatchbayException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 500;

    private final int status;

    private DaemonRefusal(int status, String reason, String help) {
        super("patchbay: " + reason + (help.isEmpty() ? "" : "; " + help), null);
        this.status = status;
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
        return new DaemonRefusal(status, message, help);
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }
}
