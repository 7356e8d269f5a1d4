package dev.patchbay.internal.http;

import dev.patchbay.internal.route.CredentialHeader;
import dev.patchbay.provider.Auth;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.util.Optional;

/**
 * The two ways to authenticate that are built in: the key in a header.
 *
 * @param type one that {@link CredentialHeader} knows
 */
record KeyAuthenticator(String type) implements Authenticator {

    @Override
    public void authenticate(OutgoingRequest request, Credential credential) {
        Secret key = credential.key().orElseThrow(KeyAuthenticator::noKey);
        Auth way = new Auth(type, Optional.empty(), credential.header(), credential.prefix());
        CredentialHeader header = CredentialHeader.of(way).orElseThrow();
        request.setHeader(header.name(), header.prefix() + key.reveal());
    }

    private static ProviderException noKey() {
        return ProviderException.builder(
                        ProviderException.Kind.AUTH,
                        "the provider wants a key, and its file names none; nothing was sent")
                .help("write apiKey: $NAME into the provider's file, or auth: none if it needs no key")
                .build();
    }
}
