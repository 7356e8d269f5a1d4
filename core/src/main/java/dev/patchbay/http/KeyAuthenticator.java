package dev.patchbay.http;

import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;

/**
 * The two ways to authenticate that are built in: the key in a header.
 *
 * @param type {@code bearer} or {@code header}
 * @param defaultHeader the header where the file names none
 * @param defaultPrefix what stands before the key where the file does not say
 */
record KeyAuthenticator(String type, String defaultHeader, String defaultPrefix) implements Authenticator {

    @Override
    public void authenticate(OutgoingRequest request, Credential credential) {
        Secret key = credential.key().orElseThrow(this::noKey);
        request.setHeader(
                credential.header().orElse(defaultHeader), credential.prefix().orElse(defaultPrefix) + key.reveal());
    }

    private ProviderException noKey() {
        return ProviderException.builder(
                        ProviderException.Kind.AUTH,
                        "the provider wants a key, and its file names none; nothing was sent")
                .help("write apiKey: $NAME into the provider's file, or auth: none if it needs no key")
                .build();
    }
}
