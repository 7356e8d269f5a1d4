package dev.patchbay.benchmarks;

import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.responses.ResponsesDialect;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Reads a stream of 10 000 events of a Responses answer, each with all that OpenAI sends with it; the score is the time an event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ResponsesStreamBenchmark {

    private static final int EVENTS = 10_000;

    private final ChatRequest request =
            ChatRequest.builder("m").message(ChatMessage.user("q")).build();
    private final byte[] text = events(
            "{\"id\":\"msg_0123456789\",\"type\":\"message\",\"status\":\"in_progress\",\"content\":[],\"role\":\"assistant\"}",
            "{\"type\":\"response.output_text.delta\",\"sequence_number\":%d,\"item_id\":\"msg_0123456789\",\"output_index\":0,"
                    + "\"content_index\":0,\"delta\":\"word %d \",\"logprobs\":[],\"obfuscation\":\"hbD1kQ\"}");
    private final byte[] toolInput = events(
            "{\"id\":\"fc_0123456789\",\"type\":\"function_call\",\"status\":\"in_progress\",\"arguments\":\"\","
                    + "\"call_id\":\"call_1\",\"name\":\"write\"}",
            "{\"type\":\"response.function_call_arguments.delta\",\"sequence_number\":%d,\"item_id\":\"fc_0123456789\","
                    + "\"output_index\":0,\"delta\":\"%s\",\"obfuscation\":\"hbD1kQ\"}");

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void text(Blackhole blackhole) {
        decode(text, blackhole::consume);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void toolInput(Blackhole blackhole) {
        decode(toolInput, blackhole::consume);
    }

    private void decode(byte[] stream, Consumer<ChatEvent> sink) {
        StreamDecoder decoder = new ResponsesDialect().streamDecoder(request, Quirks.none(), sink);
        decoder.feed(stream);
        decoder.end(true);
    }

    private static byte[] events(String item, String delta) {
        StringBuilder stream = new StringBuilder();
        event(stream, "{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"model\":\"gpt-5\"}}");
        event(stream, "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":" + item + "}");
        for (int i = 0; i < EVENTS; i++) {
            String piece = i == 0 ? "{\\\"text\\\":\\\"" : i == EVENTS - 1 ? "\\\"}" : "word ";
            event(stream, delta.replace("%d", Integer.toString(i)).replace("%s", piece));
        }
        event(stream, "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"output\":[]}}");
        return stream.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void event(StringBuilder stream, String data) {
        String type = data.substring(9, data.indexOf('"', 9));
        stream.append("event: ").append(type).append("\ndata: ").append(data).append("\n\n");
    }
}
