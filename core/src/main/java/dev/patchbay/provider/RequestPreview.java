package dev.patchbay.provider;

import java.util.List;
import java.util.Optional;

/**
 * A request as it would be sent, with gaps where its secrets are.
 *
 * @param headers in the order in which they are sent
 * @param pluginAuth the way to authenticate that a plugin brings, and that only it can show; empty where nothing is missing
 */
public record RequestPreview(
        String method,
        List<TextWithSecrets> url,
        List<Header> headers,
        List<TextWithSecrets> body,
        Optional<String> pluginAuth) {

    public RequestPreview {
        url = List.copyOf(url);
        headers = List.copyOf(headers);
        body = List.copyOf(body);
    }

    /** A header. */
    public record Header(String name, List<TextWithSecrets> value) {

        public Header {
            value = List.copyOf(value);
        }
    }
}
