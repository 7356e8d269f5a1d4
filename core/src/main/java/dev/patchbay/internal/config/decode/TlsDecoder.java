package dev.patchbay.internal.config.decode;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.config.schema.Field;
import dev.patchbay.internal.config.schema.HttpFields;
import dev.patchbay.internal.config.schema.SecretFormName;
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

    TlsSettings decode(@Nullable Node node, FieldReader tls) {
        if (node == null) {
            return TlsSettings.DEFAULT;
        }
        Optional<Path> clientCert = certificates(tls, HttpFields.CLIENT_CERT);
        Optional<SecretValue> clientKey = Optional.ofNullable(tls.node(HttpFields.CLIENT_KEY))
                .map(key -> new SecretDecoder(context).document(key, tls.name(HttpFields.CLIENT_KEY)));
        if (tls.has(HttpFields.CLIENT_CERT) != tls.has(HttpFields.CLIENT_KEY)) {
            context.error(node.error(Code.MISSING_FIELD, "http.tls needs clientCert and clientKey, or neither")
                    .help("write " + HttpFields.CLIENT_KEY.example()));
        }
        if (tls.has(HttpFields.CLIENT_KEY_PASSWORD) && !tls.has(HttpFields.CLIENT_KEY)) {
            context.error(tls.place(HttpFields.CLIENT_KEY_PASSWORD, node)
                    .error(Code.MISSING_FIELD, "http.tls.clientKeyPassword needs the clientKey that it opens")
                    .help("write " + HttpFields.CLIENT_KEY_PASSWORD.example()));
        }
        return new TlsSettings(
                certificates(tls, HttpFields.CA_FILE), isUnverified(node, tls), clientCert, clientKey, password(tls));
    }

    /** No rule of keys holds for a passphrase in a variable or a file, but a command prints one line. */
    private Optional<SecretValue> password(FieldReader tls) {
        SecretDecoder secrets = new SecretDecoder(context);
        return Optional.ofNullable(tls.node(HttpFields.CLIENT_KEY_PASSWORD))
                .map(node -> node instanceof MapNode map && map.has(SecretFormName.COMMAND)
                        ? secrets.key(node, "")
                        : secrets.document(node, tls.name(HttpFields.CLIENT_KEY_PASSWORD)));
    }

    private boolean isUnverified(Node node, FieldReader tls) {
        if (!tls.valueOrDefault(HttpFields.INSECURE_SKIP_VERIFY)) {
            return false;
        }
        Node skip = tls.place(HttpFields.INSECURE_SKIP_VERIFY, node);
        context.warn(skip.warning(
                        Code.UNVERIFIED_TLS,
                        "no certificate is checked: whoever answers in the provider's place gets the key")
                .help("name the certificate instead: tls: {caFile: /path/to/ca.pem}"));
        return true;
    }

    /** Looks at the file no closer than a start can afford; its certificates are read when they are needed. */
    private Optional<Path> certificates(FieldReader tls, Field<String> key) {
        ScalarNode node = DecodeContext.scalar(tls.node(key));
        String text = tls.value(key).orElse(null);
        if (node == null || text == null) {
            return Optional.empty();
        }
        Path file = SecretFiles.locate(node, text, context);
        if (file == null) {
            return Optional.empty();
        }
        String field = tls.name(key);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            unusable(node, field, file + " is a folder, a pipe or a device", "name the file with the certificate");
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
        context.missing(node.error(Code.CA_FILE, field + ": " + what).help(help));
    }
}
