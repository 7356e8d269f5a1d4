package dev.patchbay.spi;

/**
 * HTTP as the host does it for one provider: connection reuse, time-outs, proxy and TLS settings of the provider file.
 *
 * <p>The provider's credentials, headers and query members are added to calls to the origin (scheme, host, port) of its
 * base URL and to no other; redirects are not followed.
 */
public interface HttpTransport {

    /**
     * Sends a request and returns when the head of the answer is there, whatever its status.
     *
     * @throws ProviderException of kind {@link ProviderException.Kind#NETWORK} or {@link
     *     ProviderException.Kind#TIMEOUT} if there is no answer
     */
    HttpReply send(HttpCall call);
}
