package dev.patchbay.daemon.client;

import dev.patchbay.daemon.Daemon;
import dev.patchbay.store.SqliteSessionStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A daemon as a process of its own, with the environment of that process. */
final class DaemonMain {

    private DaemonMain() {}

    /** The first argument is the home, others are origins of web pages; the first line of the output is the address. The port is free but for {@code -Ddaemon.port}. */
    public static void main(String[] arguments) throws InterruptedException {
        Path home = Path.of(arguments[0]);
        Daemon daemon = Daemon.builder(home, SqliteSessionStore.open(home.resolve("patchbay.db")))
                .patchbay(builder -> builder.home(home).userLayer())
                .server(server -> {
                    List.of(arguments).stream().skip(1).forEach(server::allowedOrigin);
                    return server.port(Integer.getInteger("daemon.port", 0));
                })
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::close));
        System.out.println(daemon.url());
        new CountDownLatch(1).await();
    }
}
