package dev.patchbay.workbench.verify;

import java.net.URL;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The context class loader of an embedder that nobody should rely on: it finds nothing and remembers who asked. */
final class UnusableContextLoader extends ClassLoader {

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    UnusableContextLoader() {
        super("hostile", null);
    }

    /** The first thing that it was asked for; empty if nothing. */
    Optional<String> asked() {
        return Optional.ofNullable(asked.peek());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        asked.add(name);
        throw new ClassNotFoundException(name);
    }

    @Override
    public URL getResource(String name) {
        asked.add(name);
        throw new IllegalStateException("the context class loader was asked for " + name);
    }

    @Override
    public Enumeration<URL> getResources(String name) {
        asked.add(name);
        throw new IllegalStateException("the context class loader was asked for " + name);
    }
}
