package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An answer of a model, in the dialect and the way (streamed or not) that the request asks for.
 *
 * <p>On a path that is no conversation it answers what belongs there: {@code /models} lists one model, {@code
 * /messages/count_tokens} counts, everything else is a 404. Immutable: every method returns a new answer.
 */
public final class ModelAnswer extends DeliveredAnswer<ModelAnswer> {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final FakeCompletion completion;
    private final List<Map.Entry<String, String>> headers;

    private ModelAnswer(Delivery delivery, FakeCompletion completion, List<Map.Entry<String, String>> headers) {
        super(delivery);
        this.completion = completion;
        this.headers = headers;
    }

    static ModelAnswer empty() {
        return new ModelAnswer(Delivery.regular(), FakeCompletion.empty(), List.of());
    }

    /** Then a text, one delta a piece. */
    public ModelAnswer thenText(String... pieces) {
        return thenText(List.of(pieces));
    }

    ModelAnswer thenText(List<String> pieces) {
        return saying(completion.then(new AnswerPart.Text(pieces)));
    }

    /** Then a thought, one delta a piece. */
    public ModelAnswer thenThinking(String... pieces) {
        return saying(completion.then(new AnswerPart.Thinking(List.of(pieces))));
    }

    /** Then a tool call, one delta a piece of its arguments' JSON text. */
    public ModelAnswer thenToolCall(String id, String name, String... arguments) {
        return saying(completion.then(new AnswerPart.ToolCall(id, name, List.of(arguments))));
    }

    /** Then an error inside the stream instead of an end; without a stream, a 200 with an error. */
    public ModelAnswer thenError(String type, String message) {
        return saying(completion.failing(new FakeCompletion.Fault(type, message)));
    }

    /** With the habits of a certain provider. */
    public ModelAnswer with(Quirk... quirks) {
        FakeCompletion changed = completion;
        for (Quirk quirk : quirks) {
            changed = changed.with(quirk);
        }
        return saying(changed);
    }

    /** With this finish or stop reason, as it goes on the wire. Default: the one that fits. */
    public ModelAnswer finish(String reason) {
        return saying(completion.finishedWith(reason));
    }

    /** With these token counts. Default: 11 and 7. */
    public ModelAnswer usage(long input, long output) {
        return usage(input, 0, output);
    }

    /**
     * With these token counts, in the sense of Messages: {@code input} does not hold what came from a cache. The chat
     * dialect's own numbers follow from them.
     */
    public ModelAnswer usage(long input, long cached, long output) {
        return saying(completion.counted(input, cached, output));
    }

    @Override
    public ModelAnswer header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new ModelAnswer(delivery(), completion, List.copyOf(more));
    }

    private ModelAnswer saying(FakeCompletion what) {
        return new ModelAnswer(delivery(), what, headers);
    }

    @Override
    ModelAnswer delivered(Delivery how) {
        return new ModelAnswer(how, completion, headers);
    }

    @Override
    public void send(Exchange exchange) throws IOException {
        RecordedRequest request = exchange.request();
        RequestedOperation operation = RequestedOperation.of(request);
        boolean stream = operation.isConversation() && request.wantsStream() && !completion.has(Quirk.STREAM_IGNORED);
        int status = operation == RequestedOperation.UNKNOWN ? 404 : 200;
        FakeResponseHead head =
                new FakeResponseHead(status, stream ? "text/event-stream" : "application/json", headers);
        Turn turn = new Turn(completion, request);
        ResponseWriter.send(exchange, head, stream, delivery(), sink -> {
            if (stream) {
                operation.wire().stream(turn, new SseWriter(sink, completion));
                return;
            }
            byte[] json = operation.whole(turn).getBytes(UTF_8);
            sink.piece(completion.has(Quirk.BOM) ? concat(BYTE_ORDER_MARK, json) : json);
        });
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
