package dev.patchbay.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.daemon.problem.Errors;
import dev.patchbay.daemon.rest.RestApi;
import dev.patchbay.daemon.web.WebPages;
import dev.patchbay.gateway.HttpService;
import dev.patchbay.gateway.ServiceRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What stands beside the gateway on its port: the API, and the page for all else. */
@Singleton
final class DaemonService implements HttpService {

    private final RestApi api;
    private final WebPages pages;

    @Inject
    DaemonService(RestApi api, WebPages pages) {
        this.api = api;
        this.pages = pages;
    }

    @Override
    public void serve(ServiceRequest request) {
        if (RestApi.isApi(String.valueOf(request.http().path()))) {
            api.serve(request);
        } else {
            pages.serve(request);
        }
    }

    @Override
    public ObjectNode error(int status, String message) {
        return Errors.json(status, message);
    }
}
