package dev.patchbay.codec;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider, or one of its models, differs from the plainest chat endpoint (dialects.md, section 1.0).
 *
 * <p>Immutable. {@link QuirkSpec} documents each member and its default.
 */
public final class Quirks {

    private static final Quirks NONE = new Quirks(Map.of());

    /** Checked values that differ from, or repeat, the defaults. */
    private final Map<String, Object> values;

    private Quirks(Map<String, Object> values) {
        this.values = values;
    }

    /** All defaults. */
    public static Quirks none() {
        return NONE;
    }

    /**
     * Quirks as they stand in a provider file.
     *
     * @param values plain JDK values by the names of {@link QuirkSpec}; null means the default
     * @throws IllegalArgumentException if a name is unknown or a value is not right, saying what is
     */
    public static Quirks of(Map<String, ? extends @Nullable Object> values) {
        Quirks quirks = NONE;
        for (Map.Entry<String, ? extends @Nullable Object> entry : values.entrySet()) {
            quirks = quirks.with(entry.getKey(), entry.getValue());
        }
        return quirks;
    }

    /**
     * The same quirks with one more value.
     *
     * @param value a plain JDK value; null means the default
     * @throws IllegalArgumentException if the name is unknown or the value is not right, saying what is
     */
    public Quirks with(String name, @Nullable Object value) {
        QuirkSpec spec =
                QuirkSpec.find(name).orElseThrow(() -> new IllegalArgumentException("there is no quirk " + name));
        Map<String, Object> changed = new HashMap<>(values);
        if (value == null) {
            changed.remove(name);
            return new Quirks(Map.copyOf(changed));
        }
        spec.problem(value).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        changed.put(name, kept(value));
        return new Quirks(Map.copyOf(changed));
    }

    /** These quirks, with those that {@code more} sets in their place. */
    public Quirks with(Quirks more) {
        Map<String, Object> merged = new HashMap<>(values);
        merged.putAll(more.values);
        return new Quirks(Map.copyOf(merged));
    }

    /** Whether this value was set, be it to the default. */
    public boolean isSet(String name) {
        return values.containsKey(name);
    }

    /** {@code max_tokens} or {@code max_completion_tokens}. */
    public String maxTokensField() {
        return text("maxTokensField");
    }

    public OptionalInt maxOutputTokens() {
        return values.get("maxOutputTokens") instanceof Integer most && most > 0
                ? OptionalInt.of(most)
                : OptionalInt.empty();
    }

    /** {@code system} or {@code developer}. */
    public String systemRole() {
        return text("systemRole");
    }

    /** {@code keep}, {@code user} or {@code merge}. */
    public String midSystem() {
        return text("midSystem");
    }

    /** Whether an assistant has to speak between the answer of a tool and the user. */
    public boolean assistantAfterTool() {
        return text("userAfterTool").equals("assistant");
    }

    public boolean streamUsage() {
        return flag("streamUsage");
    }

    /** {@code required} or {@code any}. */
    public String requiredToolChoice() {
        return text("requiredToolChoice");
    }

    public boolean parallelToolCalls() {
        return flag("parallelToolCalls");
    }

    /** The most stop sequences; 0: none may be sent. */
    public int stop() {
        return count("stop");
    }

    public List<String> drop() {
        return texts("drop");
    }

    public List<String> extra() {
        return texts("extra");
    }

    /** {@code none}, {@code reasoning_effort}, {@code openrouter} or {@code thinking_type}. */
    public String reasoning() {
        return text("reasoning");
    }

    public List<String> efforts() {
        return texts("efforts");
    }

    /** {@code never}, {@code tool_turns} or {@code always}. */
    public String reasoningReplay() {
        return text("reasoningReplay");
    }

    public String reasoningField() {
        return text("reasoningField");
    }

    public boolean images() {
        return flag("images");
    }

    public boolean pdfAsFile() {
        return text("pdf").equals("file");
    }

    /** {@code user_message}, {@code in_place} or {@code placeholder}. */
    public String toolResultImages() {
        return text("toolResultImages");
    }

    /** {@code none}, or the member that carries the end user's id. */
    public String user() {
        return text("user");
    }

    public int userMax() {
        return count("userMax");
    }

    /** {@code openai} or {@code mistral9}. */
    public String toolId() {
        return text("toolId");
    }

    public int toolIdMax() {
        return count("toolIdMax");
    }

    public int toolNameMax() {
        return count("toolNameMax");
    }

    public boolean strictTools() {
        return flag("strictTools");
    }

    /** {@code json_schema}, {@code json_object} or {@code none}. */
    public String structuredOutput() {
        return text("structuredOutput");
    }

    public List<String> schemaStrip() {
        return texts("schemaStrip");
    }

    /** {@code plain}, {@code gemini} or {@code moonshot}. */
    public String schema() {
        return text("schema");
    }

    public boolean thinkTags() {
        return flag("thinkTags");
    }

    /** Whether a chat endpoint gets the cache marks of its request. */
    public boolean forwardsCacheControl() {
        return "forward".equals(values.get("cacheControl"));
    }

    /** Whether a Messages endpoint gets cache marks for agents that cannot set any (VQ7). */
    public boolean setsCacheControl() {
        return values.getOrDefault("cacheControl", "auto").equals("auto");
    }

    public boolean estimateUsage() {
        return flag("estimateUsage");
    }

    public int defaultMaxTokens() {
        return count("defaultMaxTokens");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quirks quirks && values.equals(quirks.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Only what was set. */
    @Override
    public String toString() {
        return "Quirks" + values;
    }

    private static Object kept(Object value) {
        if (value instanceof Number number) {
            return number.intValue();
        }
        return value instanceof List<?> items ? List.copyOf(items) : value;
    }

    private String text(String name) {
        return (String) value(name);
    }

    private int count(String name) {
        return (Integer) value(name);
    }

    private boolean flag(String name) {
        return (Boolean) value(name);
    }

    private List<String> texts(String name) {
        return ((List<?>) value(name)).stream().map(String.class::cast).toList();
    }

    private Object value(String name) {
        Object set = values.get(name);
        return set != null ? set : requireNonNull(QuirkTable.DEFAULTS.get(name));
    }
}
