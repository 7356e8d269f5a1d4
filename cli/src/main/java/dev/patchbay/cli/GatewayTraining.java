package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.cli.terminal.Output;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.internal.config.template.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts the gateway and asks it what clients ask, each dialect of both providers, so that its first request is quick. */
final class GatewayTraining {

    private static final List<String> PATHS = List.of("/v1/chat/completions", "/v1/messages", "/v1/responses");
    private static final List<String> MODELS = List.of("training/large", "training-messages/large");

    /** More than the gateway prints when it starts: nobody reads the rest. */
    private static final int PIPE = 64 * 1024;

    private static final Pattern ADDRESS = Pattern.compile("http://[^ /]+?:([0-9]+)");

    private final Environment environment;
    private final Path token;

    GatewayTraining(Environment environment, Path token) {
        this.environment = environment;
        this.token = token;
    }

    void run() throws IOException {
        PipedInputStream printed = new PipedInputStream(PIPE);
        Output out = Output.optional(new PipedOutputStream(printed), false);
        Output nowhere = Output.optional(OutputStream.nullOutputStream(), false);
        Terminal terminal = new Terminal(InputStream.nullInputStream(), false, out, nowhere, environment);
        Thread gateway = new Thread(() -> new Cli(terminal).run("gateway", "--port", "0"), "gateway");
        gateway.start();
        try {
            int port = port(printed);
            String key = Files.readString(token).strip();
            for (String path : PATHS) {
                for (String model : MODELS) {
                    ask(port, key, path, body(path, model, false));
                    ask(port, key, path, body(path, model, true));
                }
            }
        } finally {
            // Also where the training failed: a gateway that goes on would keep its process for ever.
            gateway.interrupt();
        }
        try {
            gateway.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int port(InputStream printed) throws IOException {
        String first = new BufferedReader(new InputStreamReader(printed, UTF_8)).readLine();
        Matcher address = ADDRESS.matcher(String.valueOf(first));
        if (!address.find()) {
            throw new IllegalStateException("no address in: " + first);
        }
        return Integer.parseInt(address.group(1));
    }

    private static String body(String path, String model, boolean stream) {
        String said = path.endsWith("/responses")
                ? "\"input\":\"Hello\""
                : "\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
        return "{\"model\":\"" + model + "\",\"stream\":" + stream + "," + said + "}";
    }

    private static void ask(int port, String key, String path, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "POST " + path
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer " + key
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.getInputStream().readAllBytes();
        }
    }
}
