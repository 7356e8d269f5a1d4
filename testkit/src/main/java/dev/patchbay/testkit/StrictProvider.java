package dev.patchbay.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FakeProvider} that refuses what a vendor refuses, and otherwise plays an agent's model: it thinks, calls the first tool
 * of the request in each of some turns, and then answers with a text. Safe for use by several threads.
 */
public final class StrictProvider implements AutoCloseable {

    /** What it says when its turns with tools are over. */
    public static final String DONE = "All done.";

    private final FakeProvider fake = FakeProvider.start();
    private final StrictVendor vendor;
    private final List<String> refusals = new ArrayList<>();

    private StrictProvider(StrictVendor vendor) {
        this.vendor = vendor;
    }

    /**
     * Starts a provider on a free port.
     *
     * @param toolTurns how many turns call a tool, if the request offers one
     */
    public static StrictProvider start(StrictVendor vendor, int toolTurns) {
        StrictProvider provider = new StrictProvider(requireNonNull(vendor, "vendor is null"));
        provider.answerUnlessRefused(exchange -> provider.play(exchange, toolTurns));
        return provider;
    }

    /** Starts a provider on a free port that answers like this what it does not refuse. */
    public static StrictProvider start(StrictVendor vendor, Answer answer) {
        StrictProvider provider = new StrictProvider(requireNonNull(vendor, "vendor is null"));
        provider.answerUnlessRefused(requireNonNull(answer, "answer is null"));
        return provider;
    }

    /** {@code http://127.0.0.1:port} and a path. */
    public URI baseUrl(String path) {
        return fake.baseUrl(path);
    }

    /** Every request so far, in order. */
    public List<RecordedRequest> requests() {
        return fake.requests();
    }

    /** What was refused so far, and why. */
    public List<String> refusals() {
        synchronized (refusals) {
            return List.copyOf(refusals);
        }
    }

    @Override
    public void close() {
        fake.close();
    }

    private void answerUnlessRefused(Answer answer) {
        fake.answer(exchange -> {
            RecordedRequest request = exchange.request();
            RequestedOperation operation = RequestedOperation.of(request);
            if (!operation.isConversation()) {
                Answer.nothing().send(exchange);
                return;
            }
            String complaint = vendor.complaint(operation, request.json());
            if (complaint == null) {
                answer.send(exchange);
                return;
            }
            synchronized (refusals) {
                refusals.add(complaint + " in " + request.text());
            }
            Answer.error(vendor.status(), "invalid_request_error", complaint).send(exchange);
        });
    }

    private void play(Exchange exchange, int toolTurns) throws IOException {
        RequestedOperation operation = RequestedOperation.of(exchange.request());
        Map<String, @Nullable Object> body = exchange.request().json();
        int turn = results(body);
        Map<String, @Nullable Object> tool = tool(body);
        String name = Tree.text(tool.get("name"));
        if (name.isEmpty() || turn >= toolTurns) {
            Answer.text("All ", "done.").send(exchange);
            return;
        }
        String arguments = arguments(tool);
        if (vendor == StrictVendor.GEMINI && operation == RequestedOperation.CHAT) {
            signed(turn, name, arguments, Boolean.TRUE.equals(body.get("stream")))
                    .send(exchange);
            return;
        }
        ModelAnswer called = thinks(operation) ? Answer.thinking("Let me ", "look.") : Answer.nothing();
        called.thenToolCall(vendor.callId(turn + 1), name, arguments.substring(0, 5), arguments.substring(5))
                .send(exchange);
    }

    /** Thinking of the fake Messages endpoint is not signed by anyone, so a strict one would not take it back. */
    private boolean thinks(RequestedOperation operation) {
        return operation == RequestedOperation.CHAT && vendor != StrictVendor.MISTRAL;
    }

    /** Gemini's own form: no index, all at once, and the proof on the call. */
    private Answer signed(int turn, String tool, String arguments, boolean stream) {
        Map<String, @Nullable Object> call = JsonWriter.object(
                "id",
                vendor.callId(turn + 1),
                "type",
                "function",
                "function",
                JsonWriter.object("name", tool, "arguments", arguments),
                "extra_content",
                JsonWriter.object("google", JsonWriter.object("thought_signature", StrictVendor.SIGNATURE)));
        Map<String, @Nullable Object> said = JsonWriter.object("role", "assistant", "tool_calls", List.of(call));
        Map<String, @Nullable Object> choice =
                JsonWriter.object("index", 0, stream ? "delta" : "message", said, "finish_reason", "stop");
        String text = JsonWriter.write(JsonWriter.object(
                "id", "gemini-" + turn, "object", "chat.completion", "model", "gemini", "choices", List.of(choice)));
        return stream ? Answer.sse("data: " + text, "", "data: [DONE]", "") : Answer.json(200, text);
    }

    private static int results(Map<String, @Nullable Object> body) {
        int results = 0;
        for (Map<String, @Nullable Object> message : Tree.objects(body.get("messages"))) {
            results += Tree.role(message).equals("tool") ? 1 : 0;
            for (Map<String, @Nullable Object> block : Tree.objects(message.get("content"))) {
                results += Tree.text(block.get("type")).equals("tool_result") ? 1 : 0;
            }
        }
        for (Map<String, @Nullable Object> item : Tree.objects(body.get("input"))) {
            results += Tree.text(item.get("type")).equals("function_call_output") ? 1 : 0;
        }
        return results;
    }

    /** The first tool, or nothing. */
    private static Map<String, @Nullable Object> tool(Map<String, @Nullable Object> body) {
        for (Map<String, @Nullable Object> tool : Tree.objects(body.get("tools"))) {
            Map<String, @Nullable Object> function = Tree.object(tool.get("function"));
            return function.isEmpty() ? tool : function;
        }
        return Map.of();
    }

    /** What runs in a shell for agents that have one as their only tool, a path for everyone else. */
    private static String arguments(Map<String, @Nullable Object> tool) {
        boolean shell = Stream.of("parameters", "input_schema")
                .map(member -> Tree.object(Tree.object(tool.get(member)).get("properties")))
                .anyMatch(properties -> properties.containsKey("command"));
        return shell ? "{\"command\":\"echo from-the-tool\",\"description\":\"Say it\"}" : "{\"path\":\"/srv\"}";
    }
}
