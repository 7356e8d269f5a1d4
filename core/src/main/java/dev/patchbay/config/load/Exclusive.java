package dev.patchbay.config.load;

import dev.patchbay.config.schema.ShapeCheck;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.diagnostic.Code;

/** Fields of one definition that exclude each other. */
final class Exclusive {

    private Exclusive() {}

    static void check(MapNode body, ShapeCheck check) {
        Node auth = body.get("auth").orElse(null);
        Node apiKey = body.get("apiKey").orElse(null);
        if (auth == null || apiKey == null) {
            return;
        }
        if (auth instanceof MapNode map && map.has("key")) {
            check.conflict(
                    map.entry("key").orElseThrow().key(),
                    Code.CONFLICT,
                    "the key is given twice, here and in apiKey",
                    "keep one of the two");
        } else if (auth instanceof ScalarNode scalar && scalar.text().equals("none")) {
            check.conflict(
                    scalar, Code.CONFLICT, "auth: none sends no key, and apiKey names one", "keep one of the two");
        }
    }
}
