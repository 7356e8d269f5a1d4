package dev.patchbay.internal.http;

import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.TlsSettings;
import dev.patchbay.spi.ProviderException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words why a TLS connection could not be made: host, issuer and the line to add (provider-files.md, section 5). */
final class TlsFailures {

    private final Origin origin;
    private final TlsSettings settings;
    private final List<X509Certificate> chain;

    private TlsFailures(Origin origin, TlsSettings settings, List<X509Certificate> chain) {
        this.origin = origin;
        this.settings = settings;
        this.chain = chain;
    }

    /** Asks the server for its certificates once more where they are what is wrong. */
    static ProviderException of(
            SSLException failure, Origin origin, TlsSettings settings, @Nullable ProxyServer proxy) {
        boolean certificate = NetworkFailures.has(failure, CertificateException.class)
                || NetworkFailures.has(failure, CertPathBuilderException.class);
        List<X509Certificate> chain = certificate ? PeerCertificate.chain(origin, proxy) : List.of();
        return new TlsFailures(origin, settings, chain).explain(failure);
    }

    private ProviderException explain(SSLException failure) {
        if (NetworkFailures.has(failure, CertificateExpiredException.class)
                || NetworkFailures.has(failure, CertificateNotYetValidException.class)) {
            return failed(
                    failure,
                    "the certificate of " + origin.host() + " " + validity(),
                    "check this machine's clock; if it is right, the provider has to renew its certificate");
        }
        if (NetworkFailures.has(failure, CertPathBuilderException.class)
                || NetworkFailures.has(failure, CertPathValidatorException.class)) {
            return failed(failure, untrusted(), whomToTrust());
        }
        if (NetworkFailures.has(failure, CertificateException.class)) {
            return failed(
                    failure,
                    "the certificate of " + origin.host() + " is for another host",
                    "check the host of baseUrl");
        }
        return failed(
                failure,
                "no TLS connection to " + origin + " could be made",
                "check the port of baseUrl; a server without TLS wants http:// instead of https://");
    }

    private String untrusted() {
        String issuer = chain.isEmpty()
                ? ""
                : ": it was issued by "
                        + chain.get(chain.size() - 1).getIssuerX500Principal().getName();
        return "the certificate of " + origin.host() + " is not trusted here" + issuer;
    }

    private String whomToTrust() {
        return settings.caFile()
                .map(file -> "the authority that signed it is not in " + file
                        + ", which http.tls.caFile names; add its certificate there, or do not go on")
                .orElse("if that is your company's proxy or a private CA, name its certificate in the provider's file: "
                        + "http: {tls: {caFile: /path/to/ca.pem}}; otherwise do not go on");
    }

    private String validity() {
        Instant now = Instant.now();
        for (X509Certificate certificate : chain) {
            Instant end = certificate.getNotAfter().toInstant();
            Instant beginning = certificate.getNotBefore().toInstant();
            if (now.isAfter(end)) {
                return "expired on " + day(end);
            }
            if (now.isBefore(beginning)) {
                return "is valid from " + day(beginning) + " on only";
            }
        }
        return "is not valid today";
    }

    private static LocalDate day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static ProviderException failed(SSLException cause, String message, String help) {
        return ProviderException.builder(ProviderException.Kind.NETWORK, message)
                .cause(cause)
                .help(help)
                .retryable(false)
                .build();
    }
}
