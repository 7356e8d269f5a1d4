package dev.patchbay.daemon.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Stylesheet and scripts, from the class path. Their addresses change with their contents, so that browsers keep them. */
final class Assets {

    static final String BASE = "/assets/";

    private static final String HTMX = webjar("htmx.org", "dist/htmx.min.js");
    private static final String PICO = webjar("picocss__pico", "css/pico.classless.min.css");
    private static final String OWN = "/dev/patchbay/daemon/web/";

    /** One file. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Asset(String contentType, byte[] body, String hash) {}

    private final Map<String, Asset> loaded = new ConcurrentHashMap<>();

    Optional<Asset> find(String name) {
        return switch (name) {
            case "patchbay.css" -> Optional.of(load(name, "text/css; charset=utf-8", PICO, OWN + "patchbay.css"));
            case "patchbay.js" -> Optional.of(load(name, "text/javascript; charset=utf-8", OWN + "patchbay.js"));
            case "htmx.js" -> Optional.of(load(name, "text/javascript; charset=utf-8", HTMX));
            case "icon.svg" -> Optional.of(load(name, "image/svg+xml", OWN + "icon.svg"));
            default -> Optional.empty();
        };
    }

    /** Where a page finds it. */
    String path(String name) {
        return BASE + name + "?" + find(name).orElseThrow().hash();
    }

    private Asset load(String name, String contentType, String... resources) {
        return loaded.computeIfAbsent(name, ignored -> {
            byte[] body = new byte[0];
            for (String resource : resources) {
                byte[] part = read(resource);
                byte[] both = new byte[body.length + part.length];
                System.arraycopy(body, 0, both, 0, body.length);
                System.arraycopy(part, 0, both, body.length, part.length);
                body = both;
            }
            return new Asset(contentType, body, hash(body));
        });
    }

    /** The version stands in the folder's name, and in the jar's own properties. */
    private static String webjar(String name, String file) {
        Properties properties = new Properties();
        try (InputStream in = open("/META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/" + name + "/" + properties.getProperty("version") + "/" + file;
    }

    private static byte[] read(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        @Nullable InputStream in = Assets.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("the class path lacks " + resource);
        }
        return in;
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
