package dev.patchbay.internal.gateway.answer;

import dev.patchbay.codec.DroppedMembers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The header that names what of a request did not reach the upstream (dialects.md, M6). */
final class DroppedHeader {

    static final String NAME = "x-patchbay-dropped";

    private static final Logger LOG = System.getLogger(DroppedHeader.class.getName());
    private static final int LONGEST = 1024;
    private static final int MOST_WARNINGS = 1000;
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private DroppedHeader() {}

    /** The header's value, names as they stand in the request, at most 1024 characters; empty if nothing was dropped. */
    static Optional<String> of(DroppedMembers dropped) {
        StringBuilder value = new StringBuilder();
        for (String name : dropped.names()) {
            String escaped = HeaderText.escape(name).replace(",", "%2C");
            if (value.length() + escaped.length() + 2 > LONGEST) {
                break;
            }
            value.append(value.isEmpty() ? "" : ", ").append(escaped);
        }
        dropped.warnings().forEach(DroppedHeader::warn);
        return value.isEmpty() ? Optional.empty() : Optional.of(value.toString());
    }

    /** Once for each sentence: some agents send the same tools with every turn. */
    static void warn(String warning) {
        if (WARNED.size() < MOST_WARNINGS && WARNED.add(warning)) {
            LOG.log(Level.WARNING, () -> HeaderText.printable(warning));
        }
    }
}
