import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Measures a gateway from its start to its 5 000th request; see the script {@code cold} beside it. */
final class Cold {

    private static final int CHUNKS = 200;
    private static final int TOOLS = 28;
    private static final int SCHEMA_BYTES = 1_600;
    private static final int[] STEPS = {1, 9, 90, 900, 4_000};
    private static final Pattern ADDRESS = Pattern.compile("http://[^ /]+?:([0-9]+)");

    private static final String[] NAMES = {
        "CPU to start, ms",
        "first request, ms of CPU",
        "first request, ms waited for",
        "next 9, ms of CPU each",
        "next 90",
        "next 900",
        "next 4 000",
        "resident after 100, MB",
        "resident idle, MB",
        "resident after 5 000, MB",
        "first 100: compilers, ms of CPU",
        "first 100: collector",
        "first 100: event loops",
        "first 100: all other threads"
    };
    private static final int[] ROWS = {0, 1, 2, 3, 4, 5, 6, 8, 7, 9, 10, 11, 12, 13};

    private final Path launcher;
    private final Path home;

    private Cold(Path launcher, Path home) {
        this.launcher = launcher;
        this.home = home;
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]).toRealPath();
        int rounds = Integer.parseInt(arguments[1]);
        Path home = Files.createTempDirectory("patchbay-cold");
        try (ServerSocket upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            daemon(() -> serve(upstream));
            Files.createDirectories(home.resolve("providers"));
            Files.writeString(
                    home.resolve("providers/up.yaml"),
                    "providers:\n  up: {baseUrl: 'http://127.0.0.1:" + upstream.getLocalPort()
                            + "/v1', apiKey: $COLD_KEY, defaultModel: m}\n");
            Cold cold = new Cold(root.resolve("patchbay"), home);
            cold.measure(body(true, 0), 1);
            awaitCache(root.resolve("cli/target/launcher/run"));
            Map<String, List<double[]>> columns = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                columns.computeIfAbsent("stream of 200 chunks", name -> new ArrayList<>())
                        .add(cold.measure(body(true, 0), STEPS.length));
                columns.computeIfAbsent("49 KB with 28 tools", name -> new ArrayList<>())
                        .add(cold.measure(body(false, TOOLS), STEPS.length));
            }
            print(columns);
        } finally {
            delete(home);
        }
    }

    /** Starts a gateway, asks it as many times as the first steps say, and returns what {@link #print} names. */
    private double[] measure(byte[] body, int steps) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "gateway", "--port", "0")
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PATCHBAY_HOME", home.toString());
        builder.environment().keySet().removeIf(name -> name.endsWith("_API_KEY") || name.equals("PATCHBAY_CONFIG"));
        builder.environment().put("COLD_KEY", "a-key-that-opens-nothing");
        Process process = builder.start();
        try (InputStream printed = process.getInputStream()) {
            int port = port(printed);
            daemon(() -> drain(printed));
            TimeUnit.SECONDS.sleep(3);
            double[] figures = new double[NAMES.length];
            long[] threads = threadMillis(process);
            double before = cpuMillis(process);
            figures[0] = before;
            figures[8] = residentMegabytes(process);
            String token = Files.readString(home.resolve("token")).strip();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                for (int step = 0; step < steps; step++) {
                    long began = System.nanoTime();
                    for (int i = 0; i < STEPS[step]; i++) {
                        ask(socket.getOutputStream(), in, token, body);
                    }
                    if (step == 0) {
                        figures[2] = (System.nanoTime() - began) / 1e6;
                        // What the first request set going, such as a compiler, is part of its cost.
                        TimeUnit.MILLISECONDS.sleep(500);
                    }
                    double now = cpuMillis(process);
                    figures[step == 0 ? 1 : 2 + step] = (now - before) / STEPS[step];
                    before = now;
                    if (step == 2) {
                        figures[7] = residentMegabytes(process);
                        long[] busy = threadMillis(process);
                        for (int kind = 0; kind < busy.length; kind++) {
                            figures[10 + kind] = busy[kind] - threads[kind];
                        }
                    }
                }
            }
            figures[9] = residentMegabytes(process);
            return figures;
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static void print(Map<String, List<double[]>> columns) {
        System.out.printf("%-32s", "");
        columns.keySet().forEach(name -> System.out.printf("%24s", name));
        System.out.println();
        for (int row : ROWS) {
            System.out.printf("%-32s", NAMES[row]);
            for (List<double[]> rounds : columns.values()) {
                double[] sorted = rounds.stream().mapToDouble(figures -> figures[row]).sorted().toArray();
                System.out.printf(Locale.ROOT, "%24.1f", sorted[sorted.length / 2]);
            }
            System.out.println();
        }
    }

    private static byte[] body(boolean stream, int tools) {
        StringBuilder json = new StringBuilder("{\"model\":\"up/m\",\"max_tokens\":1000,\"stream\":" + stream
                + ",\"system\":\"Be brief.\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]");
        for (int i = 0; i < tools; i++) {
            json.append(i == 0 ? ",\"tools\":[" : ",")
                    .append("{\"name\":\"tool_" + i + "\",\"description\":\"" + "Reads a file. ".repeat(40)
                            + "\",\"input_schema\":{\"type\":\"object\",\"properties\":{");
            int start = json.length();
            for (int field = 0; json.length() - start < SCHEMA_BYTES - 560; field++) {
                json.append(field == 0 ? "" : ",")
                        .append("\"field_" + field + "\":{\"type\":\"string\",\"description\":\"What it is for.\"}");
            }
            json.append("},\"required\":[\"field_0\"]}}");
        }
        return json.append(tools > 0 ? "]}" : "}").toString().getBytes(UTF_8);
    }

    private static void ask(OutputStream out, InputStream in, String token, byte[] body) throws IOException {
        String head = "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nx-api-key: " + token
                + "\r\nanthropic-version: 2023-06-01\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        out.write(head.getBytes(UTF_8));
        out.write(body);
        String status = line(in);
        if (!status.contains(" 200 ")) {
            throw new IllegalStateException(status);
        }
        long length = -1;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
            }
        }
        if (length >= 0) {
            in.skipNBytes(length);
            return;
        }
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            in.skipNBytes(size + 2);
        }
        line(in);
    }

    private static void serve(ServerSocket server) throws IOException {
        while (true) {
            Socket socket = server.accept();
            socket.setTcpNoDelay(true);
            daemon(() -> answer(socket));
        }
    }

    private static void answer(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        for (String first = line(in); !first.isEmpty(); first = line(in)) {
            int length = 0;
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
                }
            }
            boolean stream = new String(in.readNBytes(length), UTF_8).contains("\"stream\":true");
            out.write(stream ? STREAM : WHOLE);
        }
    }

    private static final byte[] STREAM = stream();
    private static final byte[] WHOLE = whole();

    private static byte[] stream() {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < CHUNKS; i++) {
            events.append(event("{\"content\":\"some words\"}", "null"));
        }
        events.append(event("{}", "\"stop\"")).append("data: [DONE]\n\n");
        String text = events.toString();
        return ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n")
                .getBytes(UTF_8);
    }

    private static String event(String delta, String finish) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
                + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    private static byte[] whole() {
        String text = "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
                + "{\"role\":\"assistant\",\"content\":\"Hello.\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}}";
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + text.length() + "\r\n\r\n" + text)
                .getBytes(UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return "";
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static int port(InputStream printed) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Matcher address = ADDRESS.matcher(text); ; address = ADDRESS.matcher(text)) {
            String line = line(printed);
            if (line.isEmpty()) {
                throw new IllegalStateException("the gateway did not start: " + text);
            }
            text.append(line);
            if (address.reset(text).find()) {
                return Integer.parseInt(address.group(1));
            }
        }
    }

    private static void drain(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    private static double cpuMillis(Process process) {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
    }

    private static double residentMegabytes(Process process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            String resident = lines.filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(resident.replaceAll("\\D", "")) / 1024.0;
        }
    }

    /** CPU so far of compilers, collector, event loops and all other threads. */
    private static long[] threadMillis(Process process) throws IOException {
        long[] millis = new long[4];
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                String name = Files.readString(thread.resolve("comm"));
                String[] stat = Files.readString(thread.resolve("stat")).replaceAll(".*\\) ", "").split(" ");
                int kind = name.contains("Compiler")
                        ? 0
                        : name.startsWith("G1 ") || name.startsWith("GC ") || name.startsWith("VM Thread")
                                ? 1
                                : name.startsWith("vert.x-eventloo") ? 2 : 3;
                // In the ticks of /proc, of which Linux counts a hundred a second.
                millis[kind] += 10 * (Long.parseLong(stat[11]) + Long.parseLong(stat[12]));
            }
        }
        return millis;
    }

    /** The cache is made in the background by the first start; measuring before it is there would measure something else. */
    private static void awaitCache(Path builds) throws Exception {
        for (int second = 0; second < 120; second++) {
            try (Stream<Path> files = Files.walk(builds)) {
                if (files.map(file -> file.getFileName().toString())
                        .anyMatch(name -> name.matches("gateway-.*\\.(aot|jsa)"))) {
                    return;
                }
            }
            TimeUnit.SECONDS.sleep(1);
        }
        throw new IllegalStateException("no start-up cache of the gateway appeared in " + builds);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException over) {
                // The other side has left: this round is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
