package dev.patchbay.codec;

import dev.patchbay.spi.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a file part of an OpenAI dialect holds: clients put a data URL, bare Base64 or the address of a file there. */
public final class DocumentSource {

    private static final String PDF = "application/pdf";

    /** Beside {@code text/*}, what a model reads as well as text. */
    private static final Set<String> TEXTS = Set.of(
            "application/json",
            "application/xml",
            "application/yaml",
            "application/x-yaml",
            "application/javascript",
            "application/toml");

    private DocumentSource() {}

    /** The source; empty if there is none, or if it is a file that no model can be shown. */
    public static Optional<MediaSource> of(String data) {
        if (data.isBlank()) {
            return Optional.empty();
        }
        if (!DataUrl.isDataUrl(data)) {
            boolean address = data.startsWith("https://") || data.startsWith("http://");
            return Optional.of(address ? MediaSource.url(data) : MediaSource.base64(PDF, DataUrl.unbroken(data)));
        }
        return DataUrl.read(data).flatMap(DocumentSource::readable);
    }

    /** A PDF as it is, text as text: Anthropic takes no other type in Base64. */
    private static Optional<MediaSource> readable(MediaSource.Base64 file) {
        String type = file.mediaType().toLowerCase(Locale.ROOT);
        if (type.equals(PDF)) {
            return Optional.of(file);
        }
        return type.startsWith("text/") || TEXTS.contains(type) ? text(file.data()) : Optional.empty();
    }

    private static Optional<MediaSource> text(String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            return Optional.of(MediaSource.plainText(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
