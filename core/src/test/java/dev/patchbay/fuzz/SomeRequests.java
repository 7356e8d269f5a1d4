package dev.patchbay.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.responses.ResponsesRequest;
import dev.patchbay.codec.responses.ResponsesRequestReader;
import java.util.List;

/** Requests that an answer can belong to: they decide about names of tools, free-form calls and stop sequences. */
final class SomeRequests {

    private static final List<ResponsesRequest> ALL = List.of(
            read("{'input':'x'}"),
            stopping(read("{'input':'x','tools':["
                    + "{'type':'function','name':'Read','parameters':{}},"
                    + "{'type':'custom','name':'apply_patch'},"
                    + "{'type':'namespace','name':'disk','tools':["
                    + "{'type':'function','name':'a tool with blanks and a name of more than sixty-four letters','parameters':{}},"
                    + "{'type':'custom','name':'free'}]}]}")));

    private SomeRequests() {}

    static ResponsesRequest of(int choices) {
        return ALL.get(choices & 1);
    }

    private static ResponsesRequest read(String json) {
        return ResponsesRequestReader.read((ObjectNode) Json.parse(json.replace('\'', '"')));
    }

    private static ResponsesRequest stopping(ResponsesRequest asked) {
        return asked.with(asked.request().toBuilder().stopSequence("END").build());
    }
}
