package dev.patchbay.internal.plugin;

import java.util.List;

/**
 * The parent of every plugin's class loader: the JDK, and of the host only what plugins share with it.
 *
 * <p>A plugin must not see the rest: it would be bound to the host's versions of libraries, and would find the host's own
 * plugins a second time through their service files. Resources of the host are not visible at all.
 */
final class HostClasses extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final List<String> SHARED = List.of("dev.patchbay.spi.", "org.slf4j.");

    private final ClassLoader host;

    HostClasses(ClassLoader host) {
        super("patchbay-host", ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (SHARED.stream().noneMatch(name::startsWith)) {
            throw new ClassNotFoundException(name);
        }
        return host.loadClass(name);
    }
}
