package dev.patchbay.http;

import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Value;
import dev.patchbay.route.Route;
import dev.patchbay.route.Target;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Gets one document that a provider has for its clients. Used once. */
final class DocumentRequest {

    private final Target target;
    private final RouteTransport transport;
    private final Refusals refusals;
    private final Redaction redaction;
    private final HttpCall call;
    private final SentSecrets sent;

    DocumentRequest(Route route, Target target, RouteTransport transport, SecretLog log) {
        this.target = target;
        this.transport = transport;
        this.refusals = new Refusals(new Misdirections(target, "GET"), Advice.onDocument(route, target));
        this.redaction = new Redaction(log);
        this.sent = new SentSecrets(log);
        this.call = call(route, target);
    }

    /** @throws ProviderException if there is none, or it is longer; no secret in it */
    byte[] read(int most) {
        try {
            OpenCall opened = transport.open(call, target, sent);
            Reply reply = reply(opened);
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

    private static Reply reply(OpenCall opened) {
        try {
            return opened.reply();
        } catch (ProviderException failure) {
            opened.cancel();
            throw failure;
        }
    }

    private byte[] body(OpenCall opened, Reply reply, int most) {
        try (InputStream body = new BufferedInputStream(reply.body())) {
            refusals.check(reply);
            if (AnswerForm.of(reply.header("content-type").orElse(""), body) == AnswerForm.PAGE) {
                throw refusals.page();
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

    private static HttpCall call(Route route, Target target) {
        HttpCall call = HttpCall.get(target.url());
        for (Map.Entry<String, Value> header :
                route.headers(Operation.MODELS, false).entrySet()) {
            if (header.getValue() instanceof Value.Plain plain) {
                call = call.header(header.getKey(), plain.text());
            }
        }
        return call;
    }
}
