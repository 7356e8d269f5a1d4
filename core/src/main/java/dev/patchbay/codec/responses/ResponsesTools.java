package dev.patchbay.codec.responses;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the tools of a Responses request are called in the internal form, and back (dialects.md, P3). Immutable once read.
 */
public final class ResponsesTools {

    /** The one argument that a free-form tool has as a function. */
    static final String FREE_FORM_ARGUMENT = "input";

    private final Set<String> freeForm = new HashSet<>();
    private final Map<String, Member> members = new HashMap<>();

    ResponsesTools() {}

    /** A tool of a namespace. */
    record Member(String namespace, String name) {}

    /** The name of a tool in the internal form; {@code namespace} is empty for a tool of its own. */
    static String fullName(String namespace, String name) {
        return namespace.isEmpty() ? name : namespace + "__" + name;
    }

    void addFreeForm(String fullName) {
        freeForm.add(fullName);
    }

    void addMember(String fullName, String namespace, String name) {
        members.put(fullName, new Member(namespace, name));
    }

    /** Whether the tool takes any text instead of JSON. */
    boolean isFreeForm(String fullName) {
        return freeForm.contains(fullName);
    }

    /** Namespace and name, if the tool is in a namespace. */
    Optional<Member> member(String fullName) {
        return Optional.ofNullable(members.get(fullName));
    }
}
