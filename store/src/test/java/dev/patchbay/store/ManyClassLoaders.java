package dev.patchbay.store;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/** A process that has all classes four times, as one that an application is put into anew. */
final class ManyClassLoaders {

    private ManyClassLoaders() {}

    /** @param arguments those of {@link StoreWriter} */
    public static void main(String[] arguments) throws Exception {
        StoreWriter.main(arguments);
        String[] places = System.getProperty("java.class.path").split(File.pathSeparator);
        URL[] urls = new URL[places.length];
        for (int i = 0; i < places.length; i++) {
            urls[i] = Path.of(places[i]).toUri().toURL();
        }
        try (URLClassLoader first = loader(urls);
                URLClassLoader second = loader(urls);
                URLClassLoader third = loader(urls)) {
            for (URLClassLoader loader : List.of(first, second, third)) {
                Method main = loader.loadClass(StoreWriter.class.getName()).getDeclaredMethod("main", String[].class);
                main.setAccessible(true);
                arguments[1] += "-again";
                main.invoke(null, (Object) arguments);
            }
        }
    }

    private static URLClassLoader loader(URL[] urls) {
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }
}
