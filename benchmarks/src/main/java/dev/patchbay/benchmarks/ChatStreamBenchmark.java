package dev.patchbay.benchmarks;

import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.codec.chat.ChatDialect;
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

/** Reads a stream of 10 000 chat chunks; the score is the time a chunk. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ChatStreamBenchmark {

    private static final int CHUNKS = 10_000;

    private final ChatRequest request =
            ChatRequest.builder("m").message(ChatMessage.user("q")).build();
    private final byte[] text = chunks("{\"content\":\"word %d \"}", "stop");
    private final byte[] toolInput = chunks(
            "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"function\":{\"name\":\"write\",\"arguments\":\"%s\"}}]}",
            "tool_calls");

    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public void text(Blackhole blackhole) {
        decode(text, blackhole::consume);
    }

    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public void toolInput(Blackhole blackhole) {
        decode(toolInput, blackhole::consume);
    }

    private void decode(byte[] stream, Consumer<ChatEvent> sink) {
        StreamDecoder decoder = new ChatDialect().streamDecoder(request, Quirks.none(), sink);
        decoder.feed(stream);
        decoder.end(true);
    }

    private static byte[] chunks(String delta, String finish) {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < CHUNKS; i++) {
            String piece = i == 0 ? "{\\\"text\\\":\\\"" : i == CHUNKS - 1 ? "\\\"}" : "word ";
            chunk(stream, delta.replace("%d", Integer.toString(i)).replace("%s", piece), "null");
        }
        chunk(stream, "{}", '"' + finish + '"');
        return stream.append("data: [DONE]\n\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void chunk(StringBuilder stream, String delta, String finish) {
        stream.append(
                        "data: {\"id\":\"chatcmpl-0123456789\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,")
                .append("\"model\":\"llama-3.3-70b-versatile\",\"choices\":[{\"index\":0,\"delta\":")
                .append(delta)
                .append(",\"finish_reason\":")
                .append(finish)
                .append("}]}\n\n");
    }
}
