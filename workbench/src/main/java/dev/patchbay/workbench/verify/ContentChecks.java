package dev.patchbay.workbench.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.spi.Capability;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Thinking;
import dev.patchbay.spi.Tool;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a dialect claims to carry arrives: words that nobody else would write are looked for in what it sends, and what
 * is agreed on in its {@linkplain SampleAnswers sample answers} in what it reads.
 */
final class ContentChecks {

    private static final String SYSTEM = "verify-system-prompt";
    private static final String QUESTION = "verify-question";
    private static final String EARLIER = "verify-earlier-answer";
    private static final String TOOL = "verify_tool";
    private static final String TOOL_DESCRIPTION = "verify-tool-description";
    private static final String MEMBER = "verify_member";
    private static final String INPUT = "verify-tool-input";
    private static final List<String> RESULTS = List.of("verify-first-result", "verify-second-result");
    private static final String SCHEMA_MEMBER = "verify_answer_member";
    private static final String THOUGHT = "verify-thought";
    private static final String PROOF = "verify-proof";
    private static final int THINKING_TOKENS = 2048;
    private static final byte[] IMAGE = "verify-image-01".getBytes(UTF_8);

    private final DialectExchange exchange;
    private final Dialect dialect;
    private final SampleAnswers samples;
    private final String prefix;

    ContentChecks(DialectExchange exchange, Dialect dialect, SampleAnswers samples, String prefix) {
        this.exchange = exchange;
        this.dialect = dialect;
        this.samples = samples;
        this.prefix = prefix;
    }

    List<VerifierCheck> all() {
        List<VerifierCheck> checks = new ArrayList<>();
        checks.add(sends("sends the conversation", plain().build(), List.of(QUESTION, EARLIER)));
        checks.add(sends("sends the system prompt", plain().system(SYSTEM).build(), List.of(SYSTEM)));
        checks.add(reads("text", "reads text, usage and the end of a turn", false, this::text));
        checks.add(reads("length", "says that an answer was cut at its limit", false, ContentChecks::length));
        if (claims(Capability.TOOLS)) {
            checks.add(sends("sends tools", tools().build(), List.of(TOOL, TOOL_DESCRIPTION, MEMBER)));
            checks.add(sends("sends calls and their results", called(), results()));
            checks.add(reads("calls", "reads calls of tools, several in one answer", true, ContentChecks::calls));
        }
        if (claims(Capability.IMAGES)) {
            checks.add(sendsImages());
        }
        if (claims(Capability.THINKING)) {
            checks.add(sendsThatThinkingIsWanted());
            checks.add(sendsBackWhatWasThought());
            checks.add(reads("thinking", "reads thinking", true, ContentChecks::thinking));
        }
        if (samples.find("refusal").isPresent()) {
            checks.add(reads("refusal", "reads a refusal", false, ContentChecks::refusal));
        }
        if (claims(Capability.STRUCTURED_OUTPUT)) {
            checks.add(sends(
                    "sends the schema of the answer",
                    plain().outputSchema(schema(SCHEMA_MEMBER)).build(),
                    List.of(SCHEMA_MEMBER)));
        }
        return checks;
    }

    private boolean claims(Capability capability) {
        return dialect.capabilities().contains(capability);
    }

    private static ChatRequest.Builder plain() {
        return ChatRequest.builder("verify-model")
                .message(ChatMessage.user("verify-first-question"))
                .message(ChatMessage.assistant(EARLIER))
                .message(ChatMessage.user(QUESTION))
                .maxTokens(64);
    }

    private static ChatRequest.Builder tools() {
        return plain().tool(Tool.of(TOOL, TOOL_DESCRIPTION, schema(MEMBER)));
    }

    private static Map<String, @Nullable Object> schema(String member) {
        return Map.of("type", "object", "properties", Map.of(member, Map.of("type", "string")));
    }

    private static ChatRequest called() {
        List<ContentBlock> calls = List.of(
                ContentBlock.toolUse("verify-call-1", TOOL, Map.of(MEMBER, INPUT)),
                ContentBlock.toolUse("verify-call-2", TOOL, Map.of(MEMBER, "other")));
        List<ContentBlock> results = List.of(
                ContentBlock.toolResult("verify-call-1", List.of(ContentBlock.text(RESULTS.get(0)))),
                ContentBlock.toolError("verify-call-2", RESULTS.get(1)));
        return tools().message(new ChatMessage(ChatMessage.Role.ASSISTANT, calls))
                .message(new ChatMessage(ChatMessage.Role.USER, results))
                .build();
    }

    private static List<String> results() {
        List<String> words = new ArrayList<>(RESULTS);
        words.add(INPUT);
        return words;
    }

    private VerifierCheck sendsImages() {
        String data = Base64.getEncoder().encodeToString(IMAGE);
        ChatRequest request = ChatRequest.builder("verify-model")
                .message(new ChatMessage(
                        ChatMessage.Role.USER,
                        List.of(
                                ContentBlock.text(QUESTION),
                                ContentBlock.image(MediaSource.base64("image/png", data)))))
                .build();
        String sent = sent(request);
        boolean there = sent.contains(data) || sent.contains(new String(IMAGE, UTF_8));
        return VerifierCheck.of(
                prefix + "sends images", there ? List.of() : List.of("the image is not in what it sends"));
    }

    private VerifierCheck sendsThatThinkingIsWanted() {
        String without = sent(plain().build());
        String with = sent(plain().thinking(Thinking.enabled(THINKING_TOKENS)).build());
        return VerifierCheck.of(
                prefix + "sends that thinking is wanted",
                with.equals(without)
                        ? List.of("a request that wants thinking is no other than one that does not")
                        : List.of());
    }

    private VerifierCheck sendsBackWhatWasThought() {
        List<ContentBlock> answer = List.of(ContentBlock.thinking(THOUGHT, PROOF), ContentBlock.text(EARLIER));
        String sent = sent(plain().thinking(Thinking.enabled(THINKING_TOKENS))
                .message(new ChatMessage(ChatMessage.Role.ASSISTANT, answer))
                .message(ChatMessage.user(QUESTION))
                .build());
        return VerifierCheck.of(
                prefix + "sends back what was thought",
                sent.contains(THOUGHT) || sent.contains(PROOF)
                        ? List.of()
                        : List.of("neither " + THOUGHT + " nor " + PROOF + " is in what it sends"));
    }

    private VerifierCheck sends(String what, ChatRequest request, List<String> words) {
        String sent = sent(request);
        List<String> faults = new ArrayList<>();
        for (String word : words) {
            if (!sent.contains(word)) {
                faults.add(word + " is not in what it sends");
            }
        }
        return VerifierCheck.of(prefix + what, faults);
    }

    /** Everything that the dialect sends for a request. */
    private String sent(ChatRequest request) {
        ScriptedHost host = ScriptedHost.answering(
                samples.find("text").orElseGet(() -> CannedReply.text(500, "no answer of the verifier")));
        exchange.collect(host, request, new AnswerCollector());
        StringBuilder sent = new StringBuilder();
        for (HttpCall call : host.calls()) {
            sent.append(call.uri()).append('\n');
            call.headers().forEach(header -> sent.append(header.getValue()).append('\n'));
            sent.append(new String(call.body(), UTF_8)).append('\n');
        }
        return sent + decoded(sent.toString());
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private VerifierCheck reads(
            String sample, String what, boolean claimed, Function<AnswerCollector, List<String>> faults) {
        Optional<CannedReply> answer = samples.find(sample);
        if (answer.isEmpty()) {
            String missing = "the jar has no " + SampleAnswers.FOLDER + dialect.id() + "/" + sample + ".*";
            return claimed
                    ? VerifierCheck.failed(prefix + what, missing + ", and the dialect claims it")
                    : VerifierCheck.skipped(prefix + what, missing);
        }
        AnswerCollector collected = new AnswerCollector();
        Optional<ProviderException> failure =
                exchange.collect(ScriptedHost.answering(answer.get()), plain().build(), collected);
        return VerifierCheck.of(
                prefix + what,
                failure.map(exception -> List.of(String.valueOf(exception.getMessage())))
                        .orElseGet(() -> faults.apply(collected)));
    }

    private List<String> text(AnswerCollector answer) {
        List<String> faults = new ArrayList<>();
        expect(textOf(answer).equals("Hello from verify"), "the text is not \"Hello from verify\"", faults);
        expect(answer.usage().inputTokens().equals(OptionalLong.of(11)), "the input is not 11 tokens", faults);
        expect(answer.usage().outputTokens().equals(OptionalLong.of(7)), "the output is not 7 tokens", faults);
        ends(answer, StopReason.END_TURN, faults);
        return faults;
    }

    private static List<String> length(AnswerCollector answer) {
        List<String> faults = new ArrayList<>();
        ends(answer, StopReason.MAX_TOKENS, faults);
        return faults;
    }

    private static List<String> calls(AnswerCollector answer) {
        List<String> faults = new ArrayList<>();
        List<ContentBlock.ToolUse> calls = answer.content().stream()
                .filter(ContentBlock.ToolUse.class::isInstance)
                .map(ContentBlock.ToolUse.class::cast)
                .toList();
        expect(
                calls.stream().map(ContentBlock.ToolUse::name).toList().equals(List.of("first", "second")),
                "the calls are not first and second",
                faults);
        expect(
                calls.stream()
                        .map(call -> String.valueOf(call.input()))
                        .toList()
                        .equals(List.of("{n=1}", "{n=2}")),
                "their inputs are not {\"n\": 1} and {\"n\": 2}",
                faults);
        expect(
                calls.stream().map(ContentBlock.ToolUse::id).distinct().count() == calls.size(),
                "their ids are not different",
                faults);
        ends(answer, StopReason.TOOL_USE, faults);
        return faults;
    }

    private static List<String> thinking(AnswerCollector answer) {
        List<String> faults = new ArrayList<>();
        boolean thought = answer.content().stream()
                .anyMatch(block -> block instanceof ContentBlock.Thinking thinking
                        && thinking.thinking().equals("let me see"));
        expect(thought, "the thinking is not \"let me see\"", faults);
        expect(textOf(answer).equals("done"), "the text is not \"done\"", faults);
        return faults;
    }

    private static List<String> refusal(AnswerCollector answer) {
        List<String> faults = new ArrayList<>();
        ends(answer, StopReason.REFUSAL, faults);
        return faults;
    }

    private static void ends(AnswerCollector answer, StopReason reason, List<String> faults) {
        expect(answer.stopReason().equals(Optional.of(reason)), "it does not end with " + reason, faults);
    }

    private static String textOf(AnswerCollector answer) {
        StringBuilder text = new StringBuilder();
        for (ContentBlock block : answer.content()) {
            text.append(block instanceof ContentBlock.Text piece ? piece.text() : "");
        }
        return text.toString();
    }

    private static void expect(boolean holds, String fault, List<String> faults) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
