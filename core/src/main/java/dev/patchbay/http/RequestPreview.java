package dev.patchbay.http;

import dev.patchbay.provider.Piece;
import java.util.List;
import java.util.Optional;

/**
 * A request as it would be sent, with gaps where its secrets are.
 *
 * @param headers in the order in which they are sent
 * @param pluginAuth the way to authenticate that a plugin brings, and that only it can show; empty where nothing is missing
 */
public record RequestPreview(
        String method, List<Piece> url, List<Header> headers, List<Piece> body, Optional<String> pluginAuth) {

    public RequestPreview {
        url = List.copyOf(url);
        headers = List.copyOf(headers);
        body = List.copyOf(body);
    }

    /** A header. */
    public record Header(String name, List<Piece> value) {

        public Header {
            value = List.copyOf(value);
        }
    }
}
