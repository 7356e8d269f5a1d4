package dev.patchbay.cli.doctor;

import dev.patchbay.cli.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param name what it is
 * @param detail what was found; holds no secret
 * @param help what to do about it
 */
record Finding(State state, String name, String detail, Optional<String> help) {

    /** How bad it is. */
    enum State {
        OK,
        /** Something may not work as it is meant to. */
        WARN,
        /** Something is broken. */
        ERROR
    }

    static Finding ok(String name, String detail) {
        return new Finding(State.OK, name, detail, Optional.empty());
    }

    static Finding warn(String name, String detail, String help) {
        return new Finding(State.WARN, name, detail, Optional.of(help));
    }

    static Finding error(String name, String detail, String help) {
        return new Finding(State.ERROR, name, detail, Optional.of(help));
    }

    Map<String, Object> json() {
        return new JsonObject()
                .put("state", state.name())
                .put("name", name)
                .put("detail", detail)
                .put("help", help)
                .toMap();
    }
}
