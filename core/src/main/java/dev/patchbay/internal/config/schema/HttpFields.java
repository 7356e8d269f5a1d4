package dev.patchbay.internal.config.schema;

import static dev.patchbay.internal.config.schema.Field.named;

import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.provider.Timeout;
import java.time.Duration;

/** The fields of {@code http} (provider-files.md, section 2.2). */
public final class HttpFields {

    public static final Field<Duration> BACKOFF_INITIAL = named(
                    "initial", ScalarDecoder.DURATION, "backoff: {initial: 500ms}")
            .byDefault("500ms")
            .describedAs("Wait before the first retry; doubled.");
    public static final Field<Duration> BACKOFF_MAX = named("max", ScalarDecoder.DURATION, "backoff: {max: 20s}")
            .byDefault("20s")
            .describedAs("The longest wait that is not asked for.");

    private static final Shape.Table BACKOFF_FIELDS = FieldTable.record("backoff", BACKOFF_INITIAL, BACKOFF_MAX);

    public static final Field<Integer> RETRY_MAX = named("max", ScalarDecoder.COUNT, "retries: {max: 2}")
            .byDefault("2")
            .describedAs("Retries at most.");
    public static final Field<Node> RETRY_WHEN = named(
                    "when",
                    new Shape.ListOf(Shape.Scalar.of(ScalarType.RETRY_CAUSE), true),
                    "retries: {when: [429, 503, network]}")
            .byDefault("[408, 409, 425, 429, 500, 502, 503, 504, 529, network]")
            .describedAs("What is retried.");
    public static final Field<Node> RETRY_BACKOFF = named(
                    "backoff", BACKOFF_FIELDS, "retries: {backoff: {initial: 500ms, max: 20s}}")
            .merge(Merge.BY_KEY)
            .describedAs("Waits between retries.");
    public static final Field<Duration> RETRY_MAX_WAIT = named(
                    "maxWait", ScalarDecoder.DURATION, "retries: {maxWait: 60s}")
            .byDefault("60s")
            .describedAs("A Retry-After above this is not waited for.");

    private static final Shape.Table RETRY_FIELDS =
            FieldTable.record("retries", RETRY_MAX, RETRY_WHEN, RETRY_BACKOFF, RETRY_MAX_WAIT);

    public static final Field<String> CA_FILE = named("caFile", ScalarDecoder.TEXT, "tls: {caFile: /etc/ssl/corp.pem}")
            .nullable()
            .open()
            .exposing()
            .describedAs(
                    "A file of PEM certificates that are trusted besides those of the JDK; a relative path begins at the provider file.");
    public static final Field<String> CLIENT_CERT = named(
                    "clientCert", ScalarDecoder.TEXT, "tls: {clientCert: client.pem, clientKey: {file: client.key}}")
            .nullable()
            .open()
            .describedAs(
                    "A file with the certificate, and those above it, that proves this side to a server that asks for one; PEM.");
    public static final Field<Node> CLIENT_KEY = named(
                    "clientKey",
                    new Shape.SecretForm(false),
                    "tls: {clientCert: client.pem, clientKey: {file: client.key}}")
            .substituted()
            .describedAs("The private key of clientCert, in PEM form (PKCS #8).");
    public static final Field<Node> CLIENT_KEY_PASSWORD = named(
                    "clientKeyPassword",
                    new Shape.SecretForm(false),
                    "tls: {clientCert: client.pem, clientKey: {file: client.key}, clientKeyPassword: $CLIENT_KEY_PASSWORD}")
            .substituted()
            .alsoCalled("passphrase", "clientKeyPassphrase", "keyPassword")
            .describedAs("The passphrase of clientKey, where it is encrypted.");
    public static final Field<Boolean> INSECURE_SKIP_VERIFY = named(
                    "insecureSkipVerify", ScalarDecoder.BOOLEAN, "tls: {insecureSkipVerify: true}")
            .byDefault("false")
            .exposing()
            .describedAs("Whether any certificate of any host is accepted; for tests on one's own machine.");

    private static final Shape.Table TLS_FIELDS =
            FieldTable.record("tls", CA_FILE, CLIENT_CERT, CLIENT_KEY, CLIENT_KEY_PASSWORD, INSECURE_SKIP_VERIFY);

    public static final Field<Timeout> CONNECT_TIMEOUT = named(
                    "connectTimeout", ScalarDecoder.TIMEOUT, "http: {connectTimeout: 10s}")
            .byDefault("10s")
            .describedAs("Until the connection stands.");
    public static final Field<Timeout> FIRST_BYTE_TIMEOUT = named(
                    "firstByteTimeout", ScalarDecoder.TIMEOUT, "http: {firstByteTimeout: 5m}")
            .byDefault("5m")
            .describedAs("Until the answer begins; 30m by default where the host is loopback or private.");
    public static final Field<Timeout> IDLE_TIMEOUT = named(
                    "idleTimeout", ScalarDecoder.TIMEOUT, "http: {idleTimeout: 5m}")
            .byDefault("5m")
            .describedAs("Between two pieces of an answer.");
    public static final Field<Timeout> TOTAL_TIMEOUT = named(
                    "totalTimeout", ScalarDecoder.TIMEOUT, "http: {totalTimeout: off}")
            .byDefault("off")
            .describedAs("For the whole exchange.");
    public static final Field<Node> RETRIES = named("retries", RETRY_FIELDS, "http: {retries: {max: 2}}")
            .merge(Merge.BY_KEY)
            .describedAs("When a request is sent again.");
    public static final Field<String> PROXY = named(
                    "proxy", ScalarDecoder.text(ScalarType.PROXY), "http: {proxy: http://proxy.example:3128}")
            .byDefault("inherit")
            .bound()
            .exposing("none")
            .describedAs("inherit: the proxy that HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY name, loopback"
                    + " hosts always directly; none: no proxy; or the URL of one, http://user:$PASSWORD@host:port"
                    + " where it wants a password. Bound to the origin of the base URL like a key.");
    public static final Field<Node> TLS = named("tls", TLS_FIELDS, "http: {tls: {caFile: /etc/ssl/corp.pem}}")
            .merge(Merge.BY_KEY)
            .bound()
            .describedAs("Which certificates are trusted; bound to the origin of the base URL like a key.");

    static final Shape.Table HTTP = FieldTable.record(
            "http", CONNECT_TIMEOUT, FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT, RETRIES, PROXY, TLS);

    private HttpFields() {}
}
