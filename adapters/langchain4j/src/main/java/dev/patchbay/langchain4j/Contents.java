package dev.patchbay.langchain4j;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.pdf.PdfFile;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parts of LangChain4j's messages. */
final class Contents {

    /** What the Base64 of a format begins with, for images that come without their type. */
    private static final Map<String, String> BEGINNINGS = beginnings();

    private Contents() {}

    /** @throws RuntimeException of LangChain4j for what no dialect carries */
    static ContentBlock read(Content content) {
        if (content instanceof TextContent text) {
            return ContentBlock.text(text.text());
        }
        if (content instanceof ImageContent image) {
            return ContentBlock.image(image(image.image()));
        }
        if (content instanceof PdfFileContent pdf) {
            return ContentBlock.document(pdf(pdf.pdfFile()));
        }
        throw new UnsupportedFeatureException(
                "content of type " + content.type() + " cannot be sent; text, images and PDF files can");
    }

    private static MediaSource image(Image image) {
        if (image.base64Data() != null) {
            return MediaSource.base64(mediaType(image), image.base64Data());
        }
        return url(image.url());
    }

    private static MediaSource pdf(PdfFile pdf) {
        if (pdf.base64Data() != null) {
            String type = pdf.mimeType();
            return MediaSource.base64(type == null ? "application/pdf" : type, pdf.base64Data());
        }
        return url(pdf.url());
    }

    /** A data URL holds the content itself. */
    private static MediaSource url(@Nullable URI url) {
        if (url == null) {
            throw new InvalidRequestException("an image or PDF file has neither data nor a URL");
        }
        String text = url.toString();
        int comma = text.indexOf(";base64,");
        return text.startsWith("data:") && comma > 0
                ? MediaSource.base64(
                        text.substring("data:".length(), comma), text.substring(comma + ";base64,".length()))
                : MediaSource.url(text);
    }

    private static String mediaType(Image image) {
        if (image.mimeType() != null) {
            return image.mimeType();
        }
        return BEGINNINGS.entrySet().stream()
                .filter(known -> image.base64Data().startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(
                        "the type of an image is not known: name it, image/png for instance, beside its data"));
    }

    private static Map<String, String> beginnings() {
        Map<String, String> beginnings = new LinkedHashMap<>();
        beginnings.put("iVBORw0KGgo", "image/png");
        beginnings.put("/9j/", "image/jpeg");
        beginnings.put("R0lGOD", "image/gif");
        beginnings.put("UklGR", "image/webp");
        return beginnings;
    }
}
