package dev.patchbay.codec.responses;

import dev.patchbay.codec.Hashes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the tools of a Responses request are called in the internal form, and back (dialects.md, P3). Immutable once read.
 */
public final class ResponsesTools {

    private static final int HASH_LENGTH = 8;

    private final Map<String, DeclaredTool> byFullName = new HashMap<>();
    private final Map<String, String> fullNames = new HashMap<>();

    ResponsesTools() {}

    /** What a client calls a tool, and in which items it is called. */
    record DeclaredTool(String namespace, String name, Kind kind) {

        /** The items that carry the calls of a tool. */
        enum Kind {
            FUNCTION,
            /** Takes any text instead of JSON. */
            FREE_FORM,
            /** Looks for more tools at the client. */
            SEARCH
        }

        /** The same for a tool that is declared anew. A search is a tool of its own, whatever else has its name. */
        private String identity() {
            return (kind == Kind.SEARCH ? "search" : "tool") + '\n' + namespace + '\n' + name;
        }
    }

    /**
     * Takes a tool; one that was declared before replaces itself.
     *
     * @return its name in the internal form, which no other tool has
     */
    String declare(DeclaredTool tool) {
        String fullName = fullNames.computeIfAbsent(tool.identity(), identity -> free(tool, identity));
        byFullName.put(fullName, tool);
        return fullName;
    }

    /** The name of a tool in the internal form, be it declared or not; {@code namespace} is empty for a tool of its own. */
    String fullName(String namespace, String name) {
        DeclaredTool tool = new DeclaredTool(namespace, name, DeclaredTool.Kind.FUNCTION);
        return fullNames.getOrDefault(tool.identity(), flat(namespace, name));
    }

    /** The name of the search in the internal form, be it declared or not. */
    String searchName() {
        DeclaredTool search = new DeclaredTool("", ResponsesToolReader.SEARCH, DeclaredTool.Kind.SEARCH);
        return fullNames.getOrDefault(search.identity(), search.name());
    }

    /** The tool that has a name in the internal form; empty if the client declared none. */
    Optional<DeclaredTool> find(String fullName) {
        return Optional.ofNullable(byFullName.get(fullName));
    }

    private String free(DeclaredTool tool, String identity) {
        String flat = flat(tool.namespace(), tool.name());
        return byFullName.containsKey(flat) ? flat + "_" + Hashes.hex(identity).substring(0, HASH_LENGTH) : flat;
    }

    private static String flat(String namespace, String name) {
        return namespace.isEmpty() ? name : namespace + "__" + name;
    }
}
