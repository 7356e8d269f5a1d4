package dev.patchbay.internal.config.schema;

import static dev.patchbay.internal.config.schema.Field.named;

/** The fields of {@code http} (provider-files.md, section 2.2). */
final class HttpFields {

    private static final Shape TIMEOUT = Shape.Scalar.of(ScalarType.TIMEOUT);
    private static final Shape DURATION = Shape.Scalar.of(ScalarType.DURATION);

    private static final Shape.Table BACKOFF = FieldTable.record(
            "backoff",
            named("initial", DURATION, "backoff: {initial: 500ms}")
                    .usually("500ms")
                    .describedAs("Wait before the first retry; doubled."),
            named("max", DURATION, "backoff: {max: 20s}")
                    .usually("20s")
                    .describedAs("The longest wait that is not asked for."));

    private static final Shape.Table RETRIES = FieldTable.record(
            "retries",
            named("max", Shape.Scalar.of(ScalarType.COUNT), "retries: {max: 2}")
                    .usually("2")
                    .describedAs("Retries at most."),
            named(
                            "when",
                            new Shape.ListOf(Shape.Scalar.of(ScalarType.RETRY_CAUSE), true),
                            "retries: {when: [429, 503, network]}")
                    .usually("[408, 409, 425, 429, 500, 502, 503, 504, 529, network]")
                    .describedAs("What is retried."),
            named("backoff", BACKOFF, "retries: {backoff: {initial: 500ms, max: 20s}}")
                    .merge(Merge.BY_KEY)
                    .describedAs("Waits between retries."),
            named("maxWait", DURATION, "retries: {maxWait: 60s}")
                    .usually("60s")
                    .describedAs("A Retry-After above this is not waited for."));

    private static final Shape.Table TLS = FieldTable.record(
            "tls",
            named("caFile", Shape.Scalar.of(ScalarType.TEXT), "tls: {caFile: /etc/ssl/corp.pem}")
                    .nullable()
                    .open()
                    .describedAs(
                            "A file of PEM certificates that are trusted besides those of the JDK; a relative path begins at the provider file."),
            named(
                            "clientCert",
                            Shape.Scalar.of(ScalarType.TEXT),
                            "tls: {clientCert: client.pem, clientKey: {file: client.key}}")
                    .nullable()
                    .open()
                    .describedAs(
                            "A file with the certificate, and those above it, that proves this side to a server that asks for one; PEM."),
            named(
                            "clientKey",
                            new Shape.SecretForm(false),
                            "tls: {clientCert: client.pem, clientKey: {file: client.key}}")
                    .substituted()
                    .describedAs("The private key of clientCert, in PEM form (PKCS #8)."),
            named("insecureSkipVerify", Shape.Scalar.of(ScalarType.BOOLEAN), "tls: {insecureSkipVerify: true}")
                    .usually("false")
                    .describedAs("Whether any certificate of any host is accepted; for tests on one's own machine."));

    static final Shape.Table HTTP = FieldTable.record(
            "http",
            named("connectTimeout", TIMEOUT, "http: {connectTimeout: 10s}")
                    .usually("10s")
                    .describedAs("Until the connection stands."),
            named("firstByteTimeout", TIMEOUT, "http: {firstByteTimeout: 5m}")
                    .usually("5m")
                    .describedAs("Until the answer begins; 30m by default where the host is loopback or private."),
            named("idleTimeout", TIMEOUT, "http: {idleTimeout: 5m}")
                    .usually("5m")
                    .describedAs("Between two pieces of an answer."),
            named("totalTimeout", TIMEOUT, "http: {totalTimeout: off}")
                    .usually("off")
                    .describedAs("For the whole exchange."),
            named("retries", RETRIES, "http: {retries: {max: 2}}")
                    .merge(Merge.BY_KEY)
                    .describedAs("When a request is sent again."),
            named("proxy", Shape.Scalar.of(ScalarType.PROXY), "http: {proxy: http://proxy.example:3128}")
                    .usually("inherit")
                    .bound()
                    .describedAs(
                            "inherit: the proxy that HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY name, loopback"
                                    + " hosts always directly; none: no proxy; or the URL of one, http://user:$PASSWORD@host:port"
                                    + " where it wants a password. Bound to the origin of the base URL like a key."),
            named("tls", TLS, "http: {tls: {caFile: /etc/ssl/corp.pem}}")
                    .merge(Merge.BY_KEY)
                    .bound()
                    .describedAs("Which certificates are trusted; bound to the origin of the base URL like a key."));

    private HttpFields() {}
}
