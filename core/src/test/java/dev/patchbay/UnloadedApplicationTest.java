package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.FakeProvider;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application server loads an application with its own Patchbay and Jackson, and unloads it, over and over. */
@Tag("slow")
@Tag("newest")
@Timeout(300)
final class UnloadedApplicationTest {

    private static final int TIMES = 8;

    @TempDir
    Path folder;

    private final FakeProvider fake = FakeProvider.start();

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void whatAnApplicationServerUnloadsIsGone() throws Exception {
        Path file = Files.writeString(folder.resolve("b.yaml"), "providers: {b: {baseUrl: \"http://127.0.0.1:1/v1\"}}");
        // Another test's plugin may never return.
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            loaders.add(onAThreadOfItsOwn(() -> useOnce(file)));
        }
        awaitThreadsGone(others);

        long kept = kept(loaders);
        for (int i = 0; i < 20 && kept > 1; i++) {
            System.gc();
            kept = kept(loaders);
        }
        // The JVM itself holds the last one for a while: in caches that the next one would replace.
        assertThat(kept).isLessThanOrEqualTo(1);
    }

    /** Where a worker of JUnit's pool waits, another one starts in its place, and holds on to all classes that called for it. */
    private static <T> T onAThreadOfItsOwn(Callable<T> task) throws Exception {
        FutureTask<T> result = new FutureTask<>(task);
        Thread thread = new Thread(result, "application");
        thread.start();
        return result.get();
    }

    private WeakReference<ClassLoader> useOnce(Path file) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader application = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(application);
            application
                    .loadClass(UnloadedApplication.class.getName())
                    .getMethod("use", String.class, String.class)
                    .invoke(null, fake.baseUrl("/v1").toString(), file.toString());
            return new WeakReference<>(application);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static void awaitThreadsGone(Set<Thread> others) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("patchbay") && !others.contains(thread)) {
                thread.join(20_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    private static long kept(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }
}
