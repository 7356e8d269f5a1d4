import dev.patchbay.Patchbay;
import dev.patchbay.gateway.Gateway;
import dev.patchbay.provider.Definition;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The parts of the load measurement, one a process: an upstream, a bare Vert.x proxy, the gateway, and the load itself, which
 * prints the CPU that the measured processes took for each unit. A crowd with the port of the upstream goes there first, so that
 * only what is measured has code that never ran.
 *
 * <pre>
 * upstream PORT | bare PORT UPSTREAM-PORT | gateway PORT UPSTREAM-PORT
 * load json|translate|stream|burst|translate-burst|translate-text|translate-input|translate-filler|translate-count|tools TARGET-PORT UNITS CONCURRENCY PID,PID…
 * steady TARGET-PORT REQUESTS-PER-SECOND SECONDS
 * soak TARGET-PORT PID MINUTES
 * crowd TARGET-PORT STREAMS CHUNKS-PER-SECOND SECONDS [UPSTREAM-PORT]
 * </pre>
 */
public final class GatewayLoad {

    private static final String JSON = "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
            + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + "word ".repeat(60)
            + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":60,\"total_tokens\":69}}";
    static final Buffer CHUNK = Buffer.buffer("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,"
            + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"some words\"},\"finish_reason\":null}]}\n\n");
    private static final Buffer LAST = Buffer.buffer("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,"
            + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");

    /** For a gateway that wants a token; the others do not look. */
    static final String AUTHORIZATION = "Bearer " + System.getenv("GATEWAY_TOKEN");

    private static final String QUESTION = "word ".repeat(100);

    private GatewayLoad() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "upstream" -> serve(port(arguments[1]), vertx -> request -> upstream(vertx, request));
            case "bare" -> serve(port(arguments[1]), vertx -> bare(vertx, port(arguments[2])));
            case "gateway" -> gateway(port(arguments[1]), port(arguments[2]));
            case "load" ->
                new Load(arguments[1], port(arguments[2]), port(arguments[3]), port(arguments[4]), arguments[5]).run();
            case "steady" -> new Steady(port(arguments[1]), port(arguments[2]), port(arguments[3])).run();
            case "soak" -> new Soak(port(arguments[1]), Long.parseLong(arguments[2]), port(arguments[3])).run();
            case "crowd" -> {
                Vertx vertx = vertx();
                if (arguments.length > 5) {
                    new Crowd(port(arguments[5]), 500, 20, 5).run(vertx);
                }
                new Crowd(port(arguments[1]), port(arguments[2]), port(arguments[3]), port(arguments[4])).report(vertx);
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static int port(String text) {
        return Integer.parseInt(text);
    }

    private interface Handlers {
        io.vertx.core.Handler<HttpServerRequest> on(Vertx vertx);
    }

    /** A request for an answer as long as the model's name says. */
    static String question(String model) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":100,\"stream\":" + !model.equals("m")
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + QUESTION + "\"}]}";
    }

    /** 49 KB with 28 tools, as an agent asks a Messages model. */
    static String questionWithTools() {
        StringBuilder json = new StringBuilder("{\"model\":\"m\",\"max_tokens\":1000,\"system\":\"Be brief.\","
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"tools\":[");
        for (int tool = 0; tool < 28; tool++) {
            json.append(tool == 0 ? "" : ",").append("{\"name\":\"tool_").append(tool).append("\",\"description\":\"")
                    .append("Reads a file. ".repeat(40))
                    .append("\",\"input_schema\":{\"type\":\"object\",\"properties\":{");
            for (int field = 0; field < 18; field++) {
                json.append(field == 0 ? "" : ",").append("\"field_").append(field)
                        .append("\":{\"type\":\"string\",\"description\":\"What it is for.\"}");
            }
            json.append("},\"required\":[\"field_0\"]}}");
        }
        return json.append("]}").toString();
    }

    static Vertx vertx() {
        return Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
    }

    private static void serve(int port, Handlers handlers) throws Exception {
        vertx().deployVerticle(
                        () -> new AbstractVerticle() {
                            @Override
                            public void start() {
                                vertx.createHttpServer()
                                        .requestHandler(handlers.on(vertx))
                                        .listen(port, "127.0.0.1");
                            }
                        },
                        new DeploymentOptions().setInstances(2))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    /**
     * Streams as many chunks as the model's name says: {@code paced:100:25}, {@code burst:200}, or {@code burst:200:text} where they
     * differ in that; a paced chunk says when it left.
     */
    private static void upstream(Vertx vertx, HttpServerRequest request) {
        request.body().onSuccess(body -> {
            String text = body.toString();
            HttpServerResponse response = request.response();
            int at = Math.max(text.indexOf("paced:"), text.indexOf("burst:"));
            if (at < 0) {
                response.putHeader("content-type", "application/json").end(JSON);
                return;
            }
            String[] plan = text.substring(at, text.indexOf('"', at)).split(":");
            int chunks = Integer.parseInt(plan[1]);
            response.setChunked(true).putHeader("content-type", "text/event-stream");
            if (plan[0].equals("burst")) {
                Buffer all = Buffer.buffer();
                for (int i = 0; i < chunks; i++) {
                    all.appendBuffer(plan.length > 2 ? chunk(plan[2], i, chunks) : CHUNK);
                }
                response.end(all.appendBuffer(LAST));
                return;
            }
            AtomicInteger sent = new AtomicInteger();
            vertx.setPeriodic(1000 / Integer.parseInt(plan[2]), id -> {
                if (response.closed() || sent.incrementAndGet() > chunks) {
                    vertx.cancelTimer(id);
                    if (!response.closed()) {
                        response.end(LAST);
                    }
                } else {
                    response.write(Crowd.chunk());
                }
            });
        });
    }

    private static Buffer chunk(String differing, int i, int chunks) {
        String delta = "\"content\":\" word" + i + "\"";
        String more = "";
        switch (differing) {
            case "text" -> {}
            case "filler" -> more = ",\"obfuscation\":\"" + Integer.toString(i * 7919 + 100_000, 36) + "\"";
            case "count" -> more = ",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":" + i + ",\"total_tokens\":" + (9 + i) + "}";
            case "input" -> {
                String head = i == 0 ? "\"id\":\"call_1\",\"type\":\"function\"," : "";
                String name = i == 0 ? "\"name\":\"write\"," : "";
                String input = i == 0 ? "" : i == 1 ? "{\\\"text\\\":\\\"" : i == chunks - 1 ? "\\\"}" : "word" + i + " ";
                delta = "\"tool_calls\":[{\"index\":0," + head + "\"function\":{" + name + "\"arguments\":\"" + input + "\"}}]";
            }
            default -> throw new IllegalArgumentException(differing);
        }
        return Buffer.buffer("data: {\"id\":\"chatcmpl-0123456789\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
                + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{" + delta + "},\"finish_reason\":null}]" + more + "}\n\n");
    }

    private static io.vertx.core.Handler<HttpServerRequest> bare(Vertx vertx, int upstream) {
        HttpClientAgent client =
                vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(10_000));
        return request -> request.body().onSuccess(body -> client.request(HttpMethod.POST, upstream, "127.0.0.1", request.uri())
                .compose(call -> call.putHeader("content-type", "application/json").send(body))
                .onSuccess(answer -> {
                    HttpServerResponse response = request.response();
                    String length = answer.getHeader("content-length");
                    if (length == null) {
                        response.setChunked(true);
                    } else {
                        response.putHeader("content-length", length);
                    }
                    response.putHeader("content-type", answer.getHeader("content-type"));
                    answer.pipeTo(response);
                }));
    }

    private static void gateway(int port, int upstream) throws InterruptedException {
        Patchbay patchbay = Patchbay.builder()
                .withoutDiscovery()
                .definition(Definition.builder("up")
                        .baseUrl(URI.create("http://127.0.0.1:" + upstream + "/v1"))
                        .build())
                .build();
        Gateway.builder(patchbay).provider("up").port(port).start();
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
