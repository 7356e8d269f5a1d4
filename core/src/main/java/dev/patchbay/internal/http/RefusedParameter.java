package dev.patchbay.internal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a provider's words which member of a request it refused, and the line of YAML that keeps it out
 * (provider-files.md, section 5; dialects.md, sections 1.0 and 3).
 */
public final class RefusedParameter {

    /** No request can do without them, so leaving them out is no advice. */
    private static final Set<String> NEEDED = Set.of("model", "messages", "stream");

    private static final List<Rule> QUIRKS = List.of(
            new Rule("max_tokens", "max_completion_tokens", "maxTokensField", "max_completion_tokens"),
            new Rule("max_completion_tokens", "max_tokens", "maxTokensField", "max_tokens"),
            new Rule(
                    "messages",
                    "reasoning_content.{0,80}(?:passed back|missing|must|required)",
                    "reasoningReplay",
                    "tool_turns"),
            new Rule("messages", "reasoning_content", "reasoningReplay", "never"),
            new Rule("messages", "['\"`]system['\"`].{0,80}['\"`]developer['\"`] instead", "systemRole", "developer"),
            new Rule("messages", "['\"`]developer['\"`]", "systemRole", "system"),
            new Rule("messages", "image_url|image input|support images?", "images", false),
            new Rule("messages", "tool call id.{0,60}length of 9", "toolId", "mistral9"),
            new Rule("tools", "\\$schema", "schemaStrip", List.of("$schema")),
            new Rule("tools", "additionalProperties", "schemaStrip", List.of("additionalProperties")),
            new Rule("tool_choice", "['\"`]auto['\"`].{0,30}['\"`]any['\"`]", "requiredToolChoice", "any"),
            new Rule("stream_options", named("stream_options"), "streamUsage", false),
            new Rule("parallel_tool_calls", named("parallel_tool_calls"), "parallelToolCalls", false),
            new Rule("stop", named("stop"), "stop", 0),
            new Rule("reasoning_effort", named("reasoning_effort"), "reasoning", "none"),
            new Rule("response_format", named("response_format"), "structuredOutput", "none"));

    private RefusedParameter() {}

    /**
     * The line to add to the provider's file; empty if the words name nothing that was sent.
     *
     * @param words the provider's message
     * @param sent the request
     */
    public static Optional<ParameterRemedy> remedy(String words, ObjectNode sent) {
        return QUIRKS.stream()
                .filter(rule ->
                        sent.has(rule.member()) && rule.pattern().matcher(words).find())
                .map(Rule::remedy)
                .findFirst()
                .or(() -> firstNamed(words, sent).map(name -> new ParameterRemedy("body", "drop", List.of(name))));
    }

    private static Optional<String> firstNamed(String words, ObjectNode sent) {
        String first = null;
        int place = Integer.MAX_VALUE;
        for (Iterator<String> names = sent.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            Matcher matcher = Pattern.compile(named(name)).matcher(words);
            if (!NEEDED.contains(name) && matcher.find() && matcher.start() < place) {
                first = name;
                place = matcher.start();
            }
        }
        return Optional.ofNullable(first);
    }

    /** A word with an underscore is a member wherever it stands; any other only where the words point at it. */
    private static String named(String member) {
        String pointed = "(?:['\"`]|body\\.|supplied: |parameter:? |argument:? )";
        String before = member.indexOf('_') > 0 ? "(?<![A-Za-z0-9_])" : pointed;
        return before + Pattern.quote(member) + "(?![A-Za-z0-9_\\[]|\\.[A-Za-z0-9])";
    }

    private record Rule(String member, Pattern pattern, ParameterRemedy remedy) {

        Rule(String member, String regex, String quirk, Object value) {
            this(
                    member,
                    Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL),
                    new ParameterRemedy("quirks", quirk, value));
        }
    }
}
