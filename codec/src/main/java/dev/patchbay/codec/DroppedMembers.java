package dev.patchbay.codec;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What of a client's request does not reach the upstream although it could change the answer (dialects.md, M6), so that
 * nothing is lost in silence: readers and writers of requests name it here, and the answer's header
 * {@code x-patchbay-dropped} tells the client.
 *
 * <p>Collects for one request. Not safe for use by several threads.
 */
public final class DroppedMembers {

    private static final Set<String> HARMLESS = Set.of(
            "anthropic_version",
            "betas",
            "cache_control",
            "metadata",
            "parallel_tool_calls",
            "service_tier",
            "store",
            "stream_options",
            "user");

    private static final int MOST_NAMES = 100;
    private static final int LONGEST_NAME = 100;

    private final String provider;
    private final Set<String> names = new LinkedHashSet<>();
    private Map<String, String> clientNames = Map.of();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> changes = new LinkedHashSet<>();
    private final Set<String> changedNames = new HashSet<>();

    /**
     * Collects for a request to a provider.
     *
     * @param provider its name, for warnings and errors
     */
    public DroppedMembers(String provider) {
        this.provider = requireNonNull(provider, "provider is null");
    }

    /** Whether an answer does not depend on a member, so that nobody need hear of its loss. */
    public static boolean isHarmless(String member) {
        return HARMLESS.contains(member);
    }

    /** The provider that the request goes to. */
    public String provider() {
        return provider;
    }

    /**
     * Says how the client names what is noted from now on, where its dialect is not Anthropic's.
     *
     * @param names its name for each of Anthropic's that differs
     */
    public void clientNames(Map<String, String> names) {
        clientNames = names;
    }

    /**
     * Takes note of a member.
     *
     * @param said as Anthropic Messages or the client names it; may be any text
     */
    public void add(String said) {
        if (names.size() < MOST_NAMES) {
            names.add(name(said));
        }
    }

    private String name(String said) {
        String name = clientNames.getOrDefault(said, said);
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** Takes back that a member is lost: this upstream takes it. */
    void remove(String said) {
        names.remove(name(said));
    }

    /**
     * Takes note of a member whose loss the operator should hear of as well.
     *
     * @param name as the client writes it
     * @param warning one sentence for the operator's log
     */
    public void add(String name, String warning) {
        add(name);
        if (warnings.size() < MOST_NAMES) {
            warnings.add(warning);
        }
    }

    /**
     * Takes note of a member that goes to the upstream as something else.
     *
     * @param said as for {@link #add(String)}
     * @param what one sentence for whoever set it
     */
    public void change(String said, String what) {
        add(said);
        changedNames.add(name(said));
        changes.add(what);
    }

    /** The names, in the order in which they were noted. */
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /** The names without those of which {@link #changes} tells more. */
    public Set<String> leftOut() {
        Set<String> leftOut = new LinkedHashSet<>(names);
        leftOut.removeAll(changedNames);
        return leftOut;
    }

    /** What goes to the upstream as something else than it was set to, a sentence each. */
    public Set<String> changes() {
        return Collections.unmodifiableSet(changes);
    }

    /** Sentences for the operator's log, each to be written once. */
    public Set<String> warnings() {
        return Collections.unmodifiableSet(warnings);
    }
}
