package dev.patchbay.workbench.explain;

import dev.patchbay.internal.config.schema.ProviderFieldTable;
import java.util.List;

/** The order of the fields, and where the case of names does not count. */
final class FieldKinds {

    private FieldKinds() {}

    /** Whether names are the same there without regard to case. */
    static boolean isHeaders(List<String> path) {
        return path.size() == 1 && path.get(0).equals("headers");
    }

    /** The place in the order of the table. */
    static int order(List<String> path) {
        int order = 0;
        for (String name : ProviderFieldTable.PROVIDER.fields().keySet()) {
            if (name.equals(path.get(0))) {
                return order;
            }
            order++;
        }
        return order;
    }
}
