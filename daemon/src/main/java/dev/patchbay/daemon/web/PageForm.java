package dev.patchbay.daemon.web;

import dev.patchbay.daemon.problem.Problem;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields and files of a form, however the browser encoded them. Immutable. */
final class PageForm {

    static final PageForm EMPTY = new PageForm(Map.of(), List.of());

    private static final int MOST_FIELDS = 200;
    private static final int MOST_BUFFERED = 1 << 20;

    /** A file that was chosen. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Upload(String name, String mediaType, byte[] content) {}

    private final Map<String, String> fields;
    private final List<Upload> uploads;

    private PageForm(Map<String, String> fields, List<Upload> uploads) {
        this.fields = fields;
        this.uploads = uploads;
    }

    /**
     * Reads a form that is all there.
     *
     * @throws Problem with status 400 or 415 if it is none
     */
    static PageForm read(String contentType, byte[] body) {
        if (body.length == 0) {
            return EMPTY;
        }
        if (!contentType.startsWith("application/x-www-form-urlencoded")
                && !contentType.startsWith("multipart/form-data")) {
            throw Problem.of(415, "the page takes forms");
        }
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
        request.headers().set("content-type", contentType);
        DefaultHttpDataFactory inMemory = new DefaultHttpDataFactory(false);
        HttpPostRequestDecoder decoder = null;
        try {
            decoder = new HttpPostRequestDecoder(
                    inMemory, request, java.nio.charset.StandardCharsets.UTF_8, MOST_FIELDS, MOST_BUFFERED);
            return collect(decoder.getBodyHttpDatas());
        } catch (IOException | RuntimeException unreadable) {
            throw Problem.of(400, "the form cannot be read");
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
        }
    }

    private static PageForm collect(List<InterfaceHttpData> parts) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        List<Upload> uploads = new ArrayList<>();
        for (InterfaceHttpData part : parts) {
            if (part instanceof Attribute field) {
                fields.putIfAbsent(field.getName(), field.getValue());
            } else if (part instanceof FileUpload file && !file.getFilename().isEmpty()) {
                uploads.add(new Upload(file.getFilename(), String.valueOf(file.getContentType()), file.get()));
            }
        }
        return new PageForm(Map.copyOf(fields), List.copyOf(uploads));
    }

    /** A field that says something; line ends as everywhere but in forms. */
    Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name))
                .map(text -> text.replace("\r\n", "\n"))
                .filter(text -> !text.isBlank());
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    List<Upload> uploads() {
        return uploads;
    }
}
