package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.time.Duration;

/** The output of a process as far as it has come. */
final class Captured {

    private final StringBuilder text = new StringBuilder();
    private final Thread reader;
    private boolean ended;

    Captured(String name, InputStream in) {
        this.reader = DaemonThread.of(name, () -> read(in));
        reader.start();
    }

    private void read(InputStream in) {
        char[] buffer = new char[4096];
        try (Reader characters = new InputStreamReader(in, UTF_8)) {
            for (int count = characters.read(buffer); count >= 0; count = characters.read(buffer)) {
                append(buffer, count);
            }
        } catch (IOException e) {
            end(); // a process that is killed can take its pipe along
        }
        end();
    }

    private synchronized void append(char[] buffer, int count) {
        text.append(buffer, 0, count);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized String text() {
        return text.toString();
    }

    /** Waits for a text; false if it did not come in time, or cannot come any more. */
    synchronized boolean await(String part, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (text.indexOf(part) < 0) {
            long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (ended || millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    /** Waits until the output is complete; grandchildren can hold it open beyond the end of the process. */
    synchronized void awaitEnd(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (long millis = timeout.toMillis(); !ended && millis > 0; ) {
            wait(millis);
            millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
    }
}
