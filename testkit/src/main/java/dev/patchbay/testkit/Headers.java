package dev.patchbay.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The headers of a request in the order they came; names are looked up ignoring case. Immutable. */
public final class Headers {

    private final List<Map.Entry<String, String>> entries;

    Headers(List<Map.Entry<String, String>> entries) {
        this.entries = List.copyOf(entries);
    }

    /** The first value of that name. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** All values of that name, in order; an empty list if there are none. */
    public List<String> all(String name) {
        return entries.stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    public boolean contains(String name) {
        return first(name).isPresent();
    }

    /** Name and value of every header as sent, names in the client's own spelling. */
    public List<Map.Entry<String, String>> entries() {
        return entries;
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
