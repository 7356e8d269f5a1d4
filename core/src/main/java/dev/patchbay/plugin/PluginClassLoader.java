package dev.patchbay.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Set;

/**
 * Loads the classes of one plugin: shared ones from the host, all others from its own jars and nowhere else.
 *
 * <p>A class that calls {@code System.exit} and its like is refused when it is about to be loaded. Such a class inside a
 * bundled library does no harm as long as nobody uses it.
 */
final class PluginClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final Set<String> EXITS =
            Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");

    PluginClassLoader(String name, List<URL> jars, HostClasses parent) {
        super(name, jars.toArray(URL[]::new), parent);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        refuseExit(name);
        return super.findClass(name);
    }

    private void refuseExit(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                return;
            }
            for (String method : ClassConstants.of(in.readAllBytes()).methods()) {
                if (EXITS.contains(method)) {
                    String call = method.substring(method.lastIndexOf('/') + 1);
                    throw new CallsExit(name + " calls " + call + ", which would end the program it runs in");
                }
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(name + " cannot be read", e);
        }
    }

    /** Refuses a class that would end the host. */
    static final class CallsExit extends LinkageError {

        private static final long serialVersionUID = 1L;

        CallsExit(String message) {
            super(message);
        }
    }
}
