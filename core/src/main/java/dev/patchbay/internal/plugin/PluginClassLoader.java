package dev.patchbay.internal.plugin;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of one plugin: shared ones from the host, all others from its own jars and nowhere else.
 *
 * <p>Not a {@link java.net.URLClassLoader}: that one follows the {@code Class-Path} and the index of a manifest to files that
 * are not the plugin's.
 *
 * <p>A class that calls {@code System.exit} and its like is refused when it is about to be loaded. Such a class inside a
 * bundled library does no harm as long as nobody uses it.
 */
final class PluginClassLoader extends SecureClassLoader implements Closeable {

    static {
        registerAsParallelCapable();
    }

    private static final Set<String> EXITS =
            Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");

    /**
     * One jar of the plugin.
     *
     * @param location what its classes say where they are from
     */
    private record Jar(JarFile file, URL location) {}

    private final List<Jar> jars = new ArrayList<>();
    private final HostClasses host;

    /**
     * Opens jars.
     *
     * @throws IOException if one cannot be opened; then none is
     */
    PluginClassLoader(String name, List<Path> files, HostClasses parent) throws IOException {
        super(name, parent);
        this.host = parent;
        try {
            for (Path path : files) {
                File file = path.toFile();
                URL location = path.toUri().toURL();
                jars.add(new Jar(new JarFile(file, true, ZipFile.OPEN_READ, JarFile.runtimeVersion()), location));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        try {
            for (Jar jar : jars) {
                JarEntry entry = jar.file().getJarEntry(path);
                if (entry != null) {
                    return defined(name, jar, entry);
                }
            }
        } catch (IOException | IllegalStateException e) {
            throw new ClassNotFoundException(name + " cannot be read", e);
        }
        throw new ClassNotFoundException(name);
    }

    private Class<?> defined(String name, Jar jar, JarEntry entry) throws IOException {
        byte[] bytes;
        try (InputStream in = jar.file().getInputStream(entry)) {
            bytes = in.readAllBytes();
        }
        refuseExit(name, bytes);
        definePackage(name, jar.file().getManifest());
        // Signers are known once the entry has been read.
        return defineClass(name, bytes, 0, bytes.length, new CodeSource(jar.location(), entry.getCodeSigners()));
    }

    private static void refuseExit(String name, byte[] bytes) throws IOException {
        for (String method : ClassConstants.of(bytes).methods()) {
            if (EXITS.contains(method)) {
                String call = method.substring(method.lastIndexOf('/') + 1);
                throw new CallsExit(name + " calls " + call + ", which would end the program it runs in");
            }
        }
    }

    private void definePackage(String className, @Nullable Manifest manifest) {
        int end = className.lastIndexOf('.');
        String name = end < 0 ? "" : className.substring(0, end);
        if (name.isEmpty() || getDefinedPackage(name) != null) {
            return;
        }
        Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
        Attributes own = manifest == null ? null : manifest.getAttributes(name.replace('.', '/') + "/");
        try {
            definePackage(
                    name,
                    value(main, own, Attributes.Name.SPECIFICATION_TITLE),
                    value(main, own, Attributes.Name.SPECIFICATION_VERSION),
                    value(main, own, Attributes.Name.SPECIFICATION_VENDOR),
                    value(main, own, Attributes.Name.IMPLEMENTATION_TITLE),
                    value(main, own, Attributes.Name.IMPLEMENTATION_VERSION),
                    value(main, own, Attributes.Name.IMPLEMENTATION_VENDOR),
                    null);
        } catch (IllegalArgumentException e) {
            // Another thread was first.
        }
    }

    private static @Nullable String value(Attributes main, @Nullable Attributes own, Attributes.Name name) {
        String value = own == null ? null : own.getValue(name);
        return value == null ? main.getValue(name) : value;
    }

    /** Read from the jar that is open anyway; a URL would open it once more. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        InputStream ofHost = host.getResourceAsStream(name);
        if (ofHost != null) {
            return ofHost;
        }
        try {
            for (Jar jar : jars) {
                JarEntry entry = jar.file().getJarEntry(name);
                if (entry != null) {
                    return jar.file().getInputStream(entry);
                }
            }
        } catch (IOException | IllegalStateException e) {
            return null;
        }
        return null;
    }

    @Override
    protected @Nullable URL findResource(String name) {
        Enumeration<URL> all = findResources(name);
        return all.hasMoreElements() ? all.nextElement() : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        List<URL> urls = new ArrayList<>();
        try {
            for (Jar jar : jars) {
                JarEntry entry = jar.file().getJarEntry(name);
                if (entry != null) {
                    urls.add(url(jar, entry));
                }
            }
        } catch (IllegalStateException closed) {
            return Collections.emptyEnumeration();
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalArgumentException("no URL for " + name, e);
        }
        return Collections.enumeration(urls);
    }

    @SuppressWarnings("deprecation") // URL.of came with Java 20
    private static URL url(Jar jar, JarEntry entry) throws URISyntaxException, MalformedURLException {
        String path = new URI(null, null, "/" + entry.getRealName(), null).getRawPath();
        return new URL("jar", "", -1, jar.location() + "!" + path, new Uncached());
    }

    @Override
    public void close() throws IOException {
        for (Jar jar : jars) {
            jar.file().close();
        }
    }

    /** The JDK keeps jars that were read through URLs open for good unless it is told not to. */
    private static final class Uncached extends URLStreamHandler {

        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            URLConnection connection = URI.create(url.toExternalForm()).toURL().openConnection();
            connection.setUseCaches(false);
            return connection;
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
