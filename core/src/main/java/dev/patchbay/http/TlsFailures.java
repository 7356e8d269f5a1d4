package dev.patchbay.http;

import dev.patchbay.provider.Origin;
import dev.patchbay.spi.ProviderException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/** Says in words why a TLS connection could not be made. */
final class TlsFailures {

    private TlsFailures() {}

    static ProviderException of(SSLException failure, Origin origin) {
        if (NetworkFailures.has(failure, CertPathBuilderException.class)) {
            return failed(
                    failure,
                    "the certificate of " + origin.host() + " is not trusted here"
                            + PeerCertificate.issuer(origin)
                                    .map(issuer -> ": it was issued by " + issuer)
                                    .orElse(""),
                    "if that is your company's proxy or a private CA, add its certificate to the JDK's trust store"
                            + " (-Djavax.net.ssl.trustStore=FILE); otherwise do not go on");
        }
        if (NetworkFailures.has(failure, CertificateExpiredException.class)
                || NetworkFailures.has(failure, CertificateNotYetValidException.class)) {
            return failed(
                    failure,
                    "the certificate of " + origin.host() + " is not valid today",
                    "check this machine's clock; if it is right, the provider has to renew its certificate");
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

    private static ProviderException failed(SSLException cause, String message, String help) {
        return ProviderException.builder(ProviderException.Kind.NETWORK, message)
                .cause(cause)
                .help(help)
                .retryable(false)
                .build();
    }
}
