package dev.patchbay.internal.gateway.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.client.Embeddings;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.gateway.answer.ClientExchange;
import dev.patchbay.internal.gateway.plan.FailureRecovery;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.runtime.ProviderRuntime;
import dev.patchbay.provider.Operation;
import dev.patchbay.session.EmbeddingCalls;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Asks for vectors in several calls where the provider refuses so many at once. Begins on the event loop of its request and works on a
 * thread of its own.
 */
final class SmallerBatches implements FailureRecovery {

    /** Of one answer, in bytes. */
    private static final int LONGEST = 16 << 20;

    /** An answer, and what it takes when it is read. */
    private static final long READING = 4L * LONGEST;

    private static final int WRITTEN_FLOAT = 24;

    private final ProviderRuntime runtime;
    private final Executor workers;
    private final ClientExchange client;
    private final byte[] body;
    private boolean begun;
    private volatile boolean gone;

    /** @param body of the client's request */
    SmallerBatches(ProviderRuntime runtime, Executor workers, ClientExchange client, byte[] body) {
        this.runtime = runtime;
        this.workers = workers;
        this.client = client;
        this.body = body;
    }

    @Override
    public void take(Route failed, ProviderException failure, Consumer<String> otherwise) {
        if (begun || !EmbeddingCalls.isForItsSize(failure)) {
            otherwise.accept("");
            return;
        }
        begun = true;
        client.whenCut(client::fail);
        client.whenGone(() -> gone = true);
        BufferBudget.Reservation memory = client.memory().retain();
        workers.execute(() -> work(failed, memory, () -> otherwise.accept("")));
    }

    private void work(Route route, BufferBudget.Reservation memory, Runnable otherwise) {
        try {
            memory.take(READING);
            ObjectNode rest = Bodies.request(body);
            JsonNode inputs = rest.path("input");
            if (inputs.size() < 2 || inputs.path(0).isNumber()) {
                client.later(otherwise);
                return;
            }
            boolean base64 = rest.path("encoding_format").asText().equals("base64");
            Embeddings vectors =
                    new EmbeddingCalls(route, this::call).ask(listed(inputs), rest, (inputs.size() + 1) / 2);
            byte[] answer = write(vectors, base64, memory);
            client.later(() -> {
                client.used(vectors.usage());
                client.body(200, "application/json", answer);
            });
        } catch (RuntimeException broken) {
            ProviderException failure = GatewayFailures.of(broken);
            client.later(() -> {
                client.quotes();
                client.fail(failure);
            });
        } finally {
            memory.close();
        }
    }

    private byte[] call(Route route, ObjectNode batch) {
        if (gone) {
            throw new ProviderException(Kind.CANCELLED, "the client has left");
        }
        return runtime.clients().post(route, Operation.EMBEDDINGS, batch, LONGEST);
    }

    private static List<JsonNode> listed(JsonNode inputs) {
        List<JsonNode> list = new ArrayList<>();
        inputs.forEach(list::add);
        return list;
    }

    private static byte[] write(Embeddings vectors, boolean base64, BufferBudget.Reservation memory) {
        long numbers =
                vectors.vectors().stream().mapToLong(vector -> vector.length).sum();
        memory.take(numbers * WRITTEN_FLOAT);
        ObjectNode answer = Json.object().put("object", "list");
        ArrayNode data = answer.putArray("data");
        for (float[] vector : vectors.vectors()) {
            ObjectNode entry = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            if (base64) {
                entry.put("embedding", base64(vector));
                continue;
            }
            ArrayNode written = entry.putArray("embedding");
            for (float number : vector) {
                written.add(number);
            }
        }
        answer.put("model", vectors.modelId());
        vectors.usage()
                .inputTokens()
                .ifPresent(tokens ->
                        answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens));
        return Json.bytes(answer);
    }

    /** Floats of 32 bits, little endian. */
    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
