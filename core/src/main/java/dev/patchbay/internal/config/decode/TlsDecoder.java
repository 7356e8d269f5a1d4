package dev.patchbay.internal.config.decode;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.config.schema.ScalarType;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.internal.config.tree.ScalarNode;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes {@code http.tls}. */
final class TlsDecoder {

    private static final String PEM = "-----BEGIN CERTIFICATE-----";
    private static final String LINES = "PEM is text: lines between BEGIN CERTIFICATE and END CERTIFICATE";

    private final DecodeContext context;

    TlsDecoder(DecodeContext context) {
        this.context = context;
    }

    TlsSettings decode(@Nullable Node node) {
        if (!(node instanceof MapNode tls)) {
            return TlsSettings.DEFAULT;
        }
        ScalarNode skip = DecodeContext.scalar(tls.get("insecureSkipVerify").orElse(null));
        Optional<Path> clientCert = certificates(tls, "clientCert");
        Optional<SecretValue> clientKey =
                tls.get("clientKey").map(key -> new SecretDecoder(context).document(key, "http.tls.clientKey"));
        if (tls.has("clientCert") != tls.has("clientKey")) {
            context.error(tls.error(Code.MISSING_FIELD, "http.tls needs clientCert and clientKey, or neither")
                    .help("write tls: {clientCert: client.pem, clientKey: {file: client.key}}"));
        }
        return new TlsSettings(certificates(tls, "caFile"), skip != null && isUnverified(skip), clientCert, clientKey);
    }

    private boolean isUnverified(ScalarNode skip) {
        if (!"true".equals(context.text(skip, ScalarType.BOOLEAN, "http.tls.insecureSkipVerify"))) {
            return false;
        }
        context.warn(skip.warning(
                        Code.UNVERIFIED_TLS,
                        "no certificate is checked: whoever answers in the provider's place gets the key")
                .help("name the certificate instead: tls: {caFile: /path/to/ca.pem}"));
        return true;
    }

    /** Looks at the file no closer than a start can afford; its certificates are read when they are needed. */
    private Optional<Path> certificates(MapNode tls, String field) {
        ScalarNode node = DecodeContext.scalar(tls.get(field).orElse(null));
        String text = node == null ? null : context.text(node, ScalarType.TEXT, "http.tls." + field);
        if (node == null || text == null) {
            return Optional.empty();
        }
        Path file = SecretFiles.locate(node, text, context);
        if (file == null) {
            return Optional.empty();
        }
        try {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (content.contains(PEM)) {
                return Optional.of(file);
            }
            String instead = content.contains("PRIVATE KEY-----")
                    ? "it holds a private key, which does not belong here; name the file with the certificate"
                    : LINES + "; to convert another form: openssl x509 -inform der -in FILE -out ca.pem";
            unusable(node, field, file + " holds no certificate in PEM form", instead);
        } catch (NoSuchFileException e) {
            unusable(
                    node,
                    field,
                    file + " is not there",
                    "name the file with the certificate that signed the provider's; "
                            + "a relative path begins at this provider file");
        } catch (IOException e) {
            unusable(node, field, file + " cannot be read", "make it a file that this user can read");
        }
        return Optional.empty();
    }

    private void unusable(ScalarNode node, String field, String what, String help) {
        context.lacking(
                node.error(Code.CA_FILE, "http.tls." + field + ": " + what).help(help));
    }
}
