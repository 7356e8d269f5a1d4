package dev.patchbay.internal.http;

import dev.patchbay.codec.Bodies;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How a body is compressed (RFC 9110, section 8.4.1), of what can be read here though nobody asked for it. */
public enum ContentCoding {
    IDENTITY,
    GZIP,
    /** In the wrapper of zlib, or without it, as some servers send it. */
    DEFLATE;

    private static final List<String> CHUNKED = List.of("chunked");
    private static final int LONGEST_NAME = 40;

    /**
     * The coding of a body.
     *
     * @param contentEncodings the values of that header; each may name several
     * @param transferEncodings the same, of which chunks were undone already
     * @throws ProviderException of kind SERVER if it cannot be read here, or there are several
     */
    public static ContentCoding of(List<String> contentEncodings, List<String> transferEncodings) {
        boolean plain = transferEncodings.isEmpty() || transferEncodings.equals(CHUNKED);
        if (plain && contentEncodings.isEmpty()) {
            return IDENTITY;
        }
        List<String> transfer = names(transferEncodings);
        if (!transfer.isEmpty() && !transfer.equals(CHUNKED)) {
            throw unknown("transfer-encoding", transfer);
        }
        List<String> names = names(contentEncodings);
        if (names.isEmpty()) {
            return IDENTITY;
        }
        return switch (names.size() == 1 ? names.get(0) : "") {
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default -> throw unknown("content-encoding", names);
        };
    }

    private static List<String> names(List<String> values) {
        return values.stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty() && !name.equals("identity"))
                .toList();
    }

    /** For a body that is none of what its header says. */
    public ProviderException notAsItSays() {
        return Bodies.unusable("upstream answered with a body that is not compressed as it says (" + this + ")");
    }

    /** For a body of which the end is missing. */
    public ProviderException cut() {
        return Bodies.unusable("upstream answered with a compressed body that ends too early (" + this + ")");
    }

    private static ProviderException unknown(String header, List<String> names) {
        String printable = String.join(", ", names).replaceAll("[^a-z0-9, *+._-]", "?");
        String shown = printable.length() <= LONGEST_NAME ? printable : printable.substring(0, LONGEST_NAME) + "…";
        return Bodies.unusable(
                "upstream answered with " + header + " " + shown + ", which was not asked for and cannot be read");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
