package com.example.signed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs each request with HMAC-SHA256 over its method, target, date and body; the key itself is never sent.
 *
 * <p>In a provider file: {@code auth: {type: acme-hmac, key: $ACME_SIGNING_KEY}}.
 */
final class HmacAuthenticator implements Authenticator {

    private static final String ALGORITHM = "HmacSHA256";

    private final Clock clock;

    HmacAuthenticator(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String type() {
        return "acme-hmac";
    }

    @Override
    public void authenticate(OutgoingRequest request, Credential credential) {
        Secret key = credential
                .key()
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.AUTH, "auth: {type: acme-hmac} needs a key to sign with"));
        String date = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        request.setHeader("X-Acme-Date", date);
        request.setHeader("X-Acme-Signature", signature(request.call(), date, key));
    }

    private static String signature(HttpCall call, String date, Secret key) {
        try {
            byte[] body = MessageDigest.getInstance("SHA-256").digest(call.body());
            String signed = String.join(
                    "\n",
                    call.method(),
                    target(call.uri()),
                    date,
                    HexFormat.of().formatHex(body));
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.reveal().getBytes(UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and HmacSHA256", e);
        }
    }

    private static String target(URI uri) {
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }
}
