package dev.patchbay.config.decode;

import dev.patchbay.config.schema.ScalarType;
import dev.patchbay.config.tree.MapNode;
import dev.patchbay.config.tree.Node;
import dev.patchbay.config.tree.ScalarNode;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.provider.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes {@code http.tls}. */
final class TlsDecoder {

    private static final String PEM = "-----BEGIN CERTIFICATE-----";
    private static final String LINES = "PEM is text: lines between BEGIN CERTIFICATE and END CERTIFICATE";

    private final Context context;

    TlsDecoder(Context context) {
        this.context = context;
    }

    TlsSettings decode(@Nullable Node node) {
        if (!(node instanceof MapNode tls)) {
            return TlsSettings.DEFAULT;
        }
        ScalarNode caFile = Context.scalar(tls.get("caFile").orElse(null));
        ScalarNode skip = Context.scalar(tls.get("insecureSkipVerify").orElse(null));
        return new TlsSettings(
                caFile == null ? Optional.empty() : certificates(caFile), skip != null && isUnverified(skip));
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
    private Optional<Path> certificates(ScalarNode node) {
        String text = context.text(node, ScalarType.TEXT, "http.tls.caFile");
        if (text == null) {
            return Optional.empty();
        }
        try {
            Path file = SecretFiles.locate(node, text);
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (content.contains(PEM)) {
                return Optional.of(file);
            }
            String instead = content.contains("PRIVATE KEY-----")
                    ? "it holds a private key, which does not belong here; name the file with the certificate"
                    : LINES + "; to convert another form: openssl x509 -inform der -in FILE -out ca.pem";
            unusable(node, "holds no certificate in PEM form", instead);
        } catch (NoSuchFileException e) {
            unusable(
                    node,
                    "is not there",
                    "name the file with the certificate that signed the provider's; "
                            + "a relative path begins at this provider file");
        } catch (IOException | InvalidPathException e) {
            unusable(node, "cannot be read", "make it a file that this user can read");
        }
        return Optional.empty();
    }

    private void unusable(ScalarNode node, String what, String help) {
        context.lacking(
                node.error(Code.CA_FILE, "the file of http.tls.caFile " + what).help(help));
    }
}
