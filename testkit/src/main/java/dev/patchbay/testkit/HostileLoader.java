package dev.patchbay.testkit;

import java.net.URL;
import java.util.Enumeration;

/** A context class loader as bad as an embedder's can be: nobody may ask it anything. */
final class HostileLoader extends ClassLoader {

    HostileLoader() {
        super("hostile", null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) {
        throw asked(name);
    }

    @Override
    public URL getResource(String name) {
        throw asked(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) {
        throw asked(name);
    }

    private static IllegalStateException asked(String name) {
        return new IllegalStateException("the context class loader was asked for " + name);
    }
}
