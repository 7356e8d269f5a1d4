package dev.patchbay.internal.config.load;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.config.schema.ProviderFieldTable;
import dev.patchbay.internal.config.schema.ShapeCheck;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;

/** Fields of one definition that exclude each other. */
final class ExclusiveFields {

    private ExclusiveFields() {}

    static void check(MapNode body, ShapeCheck check) {
        Node auth = body.get(ProviderFieldTable.AUTH.name()).orElse(null);
        Node apiKey = body.get(ProviderFieldTable.API_KEY.name()).orElse(null);
        if (auth == null || apiKey == null) {
            return;
        }
        if (auth instanceof MapNode map && map.has(ProviderFieldTable.AUTH_KEY.name())) {
            check.conflict(
                    map.entry(ProviderFieldTable.AUTH_KEY.name()).orElseThrow().key(),
                    Code.CONFLICT,
                    "the key is given twice, here and in apiKey",
                    "keep one of the two");
        } else if (auth instanceof ScalarNode scalar && scalar.text().equals("none")) {
            check.conflict(
                    scalar, Code.CONFLICT, "auth: none sends no key, and apiKey names one", "keep one of the two");
        }
    }
}
