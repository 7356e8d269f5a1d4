import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/** A provider on loopback: as many chunks as the model's name says, at once or, behind "paced", a millisecond apart. */
final class Upstream {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n";

    private Upstream() {}

    public static void main(String[] arguments) throws IOException {
        ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        System.out.println(server.getLocalPort());
        while (true) {
            Socket client = server.accept();
            client.setTcpNoDelay(true);
            Thread.ofPlatform().daemon().start(() -> serve(client));
        }
    }

    private static void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream(), 65536);
            while (answer(in, client.getOutputStream())) {}
        } catch (IOException gone) {
            // A client that has what it wanted.
        }
    }

    private static boolean answer(InputStream in, OutputStream out) throws IOException {
        int length = -1;
        boolean chunked = false;
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            String lower = line.toLowerCase(java.util.Locale.ROOT);
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
        }
        if (length < 0 && !chunked) {
            return false;
        }
        String body = new String(chunked ? chunks(in) : in.readNBytes(length), UTF_8);
        int model = body.indexOf("chunks-");
        boolean paced = body.startsWith("chunks-paced-", model);
        int digits = model + (paced ? 13 : 7);
        int count = Integer.parseInt(body.substring(digits, body.indexOf('"', digits)));
        out.write(HEAD.getBytes(UTF_8));
        send(out, count, paced);
        return true;
    }

    private static void send(OutputStream out, int count, boolean paced) throws IOException {
        ByteArrayOutputStream waiting = new ByteArrayOutputStream();
        long due = System.nanoTime();
        for (int i = 0; i < count; i++) {
            event(waiting, "{\"index\":0,\"delta\":{" + (i == 0 ? "\"role\":\"assistant\"," : "")
                    + "\"content\":\"word " + i % 10 + " \"},\"finish_reason\":null}");
            if (paced) {
                due += 1_000_000;
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (paced || waiting.size() > 8192) {
                waiting.writeTo(out);
                waiting.reset();
            }
        }
        event(waiting, "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}");
        chunk(waiting, "data: [DONE]\n\n");
        waiting.write("0\r\n\r\n".getBytes(UTF_8));
        waiting.writeTo(out);
    }

    private static void event(OutputStream out, String choice) throws IOException {
        chunk(out, "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
                + "\"model\":\"m\",\"system_fingerprint\":\"fp_1\",\"choices\":[" + choice + "]}\n\n");
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(line(in).strip(), 16);
            body.write(in.readNBytes(length));
            line(in);
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).strip();
    }
}
