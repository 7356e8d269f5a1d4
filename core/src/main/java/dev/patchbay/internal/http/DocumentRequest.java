package dev.patchbay.internal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.route.OperationTarget;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Asks a provider for one document: what it has for its clients, or the answer to a question that is no conversation. Used once. */
final class DocumentRequest {

    private final OperationTarget target;
    private final RouteTransport transport;
    private final ErrorResponses refusals;
    private final Redaction redaction;
    private final HttpCall call;
    private final SentSecrets sent;

    private DocumentRequest(
            OperationTarget target, RouteTransport transport, UsedSecrets log, HttpCall call, ErrorResponses refusals) {
        this.target = target;
        this.transport = transport;
        this.refusals = refusals;
        this.redaction = new Redaction(log);
        this.sent = new SentSecrets(log);
        this.call = call;
    }

    /** For what a provider has for its clients. */
    static DocumentRequest get(Route route, OperationTarget target, RouteTransport transport, UsedSecrets log) {
        return new DocumentRequest(
                target,
                transport,
                log,
                RequestPreparation.begin(HttpCall.get(target.url()), route, Operation.MODELS, false, Map.of()),
                new ErrorResponses(new WrongAddressAdvice(target, "GET"), RefusalAdvice.onDocument(route, target)));
    }

    /** For the answer to a question. */
    static DocumentRequest post(
            Route route,
            OperationTarget target,
            Operation operation,
            ObjectNode body,
            RouteTransport transport,
            UsedSecrets log) {
        HttpCall bare = HttpCall.post(target.url(), Json.bytes(body));
        return new DocumentRequest(
                target,
                transport,
                log,
                RequestPreparation.begin(bare, route, operation, false, Map.of()),
                new ErrorResponses(target, new RefusalAdvice(route, target, body)));
    }

    /** @throws ProviderException if there is none, or it is longer; no secret in it */
    byte[] read(int most) {
        try {
            PendingCall opened = transport.open(call, target, sent);
            UpstreamReply reply = reply(opened);
            if (reply.status() == RouteTransport.UNAUTHORIZED && sent.renew()) {
                opened.cancel();
                opened = transport.open(call, target, sent);
                reply = reply(opened);
            }
            return body(opened, reply, most);
        } catch (ProviderException failure) {
            throw redaction.clean(refusals.withAdvice(failure));
        }
    }

    private static UpstreamReply reply(PendingCall opened) {
        try {
            return opened.reply();
        } catch (ProviderException failure) {
            opened.cancel();
            throw failure;
        }
    }

    private byte[] body(PendingCall opened, UpstreamReply reply, int most) {
        try (InputStream body = new BufferedInputStream(reply.body())) {
            refusals.check(reply);
            BodyKind kind = BodyKind.of(reply.header("content-type").orElse(""), body);
            if (kind == BodyKind.PAGE) {
                throw refusals.page();
            }
            if (kind == BodyKind.UNREADABLE) {
                throw BodyKind.unreadable();
            }
            byte[] bytes = body.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new ProviderException(
                        ProviderException.Kind.SERVER, target.origin() + " answered with more than " + most + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw opened.failures().inside(e, reply.deadlines().isOver());
        } finally {
            opened.cancel();
        }
    }
}
