package dev.patchbay.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * An agent on one of the three dialects: it calls its tool as often as the model asks for it, and sends back of each answer what
 * typed clients know. What it sends is as awkward as what real agents send.
 */
enum ToolLoop {
    /** As Claude Code: cache marks, an attribution, a system message behind the user's, reminders behind results. */
    MESSAGES("/v1/messages") {
        @Override
        ObjectNode first(boolean stream) {
            return json("{'model':'m','max_tokens':2000,'stream':" + stream
                    + ",'temperature':1,'thinking':{'type':'adaptive'},"
                    + "'context_management':{'edits':[]},'metadata':{'user_id':'{\\\"device\\\":\\\"d\\\"}'},"
                    + "'output_config':{'effort':'high'},'system':[{'type':'text','text':'x-anthropic-billing-header: 1'},"
                    + "{'type':'text','text':'Be brief.','cache_control':{'type':'ephemeral'}}],'messages':[{'role':'user',"
                    + "'content':[{'type':'text','text':'look'},{'type':'text','text':' '}]},{'role':'system','content':"
                    + "[{'type':'text','text':'Today is Sunday.','cache_control':{'type':'ephemeral'}}]}],'tools':["
                    + "{'name':'find','description':'Finds.','input_schema':" + SCHEMA
                    + "},{'name':'DeferredToolPlaceholder',"
                    + "'input_schema':{'type':'object'},'defer_loading':true}]}");
        }

        @Override
        JsonNode message(String body, boolean stream) {
            return stream ? assembled(body) : Json.parse(body);
        }

        @Override
        boolean goOn(ObjectNode request, JsonNode answer) {
            ArrayNode messages = (ArrayNode) request.path("messages");
            ArrayNode content = Json.array();
            ArrayNode results = Json.array();
            for (JsonNode block : answer.path("content")) {
                ObjectNode known = Json.object();
                for (String member : List.of("type", "text", "id", "name", "input", "thinking", "signature")) {
                    if (block.has(member)) {
                        known.set(member, block.get(member));
                    }
                }
                content.add(known);
                if (block.path("type").asText().equals("tool_use")) {
                    results.addObject()
                            .put("type", "tool_result")
                            .put("tool_use_id", block.path("id").asText())
                            .put("content", "a.txt");
                }
            }
            messages.addObject().put("role", "assistant").set("content", content);
            if (results.isEmpty()) {
                return false;
            }
            results.addObject().put("type", "text").put("text", "<system-reminder>stay calm</system-reminder>");
            messages.addObject().put("role", "user").set("content", results);
            return true;
        }

        @Override
        String text(JsonNode answer) {
            return String.join("", answer.path("content").findValuesAsText("text"));
        }
    },

    /** As agents on OpenAI's SDK: two leading messages of the system, no thinking sent back. */
    CHAT("/v1/chat/completions") {
        @Override
        ObjectNode first(boolean stream) {
            return json("{'model':'m','stream':" + stream + (stream ? ",'stream_options':{'include_usage':true}" : "")
                    + ",'messages':[{'role':'system','content':'Be brief.'},{'role':'system','content':'Today is Sunday.'},"
                    + "{'role':'user','content':'look'}],'tools':[{'type':'function','function':{'name':'find',"
                    + "'description':'Finds.','parameters':" + SCHEMA + "}}]}");
        }

        @Override
        JsonNode message(String body, boolean stream) {
            return stream ? chatAssembled(body) : Json.parse(body).at("/choices/0/message");
        }

        @Override
        boolean goOn(ObjectNode request, JsonNode answer) {
            ArrayNode messages = (ArrayNode) request.path("messages");
            ObjectNode said = messages.addObject().put("role", "assistant");
            said.set("content", answer.path("content"));
            if (answer.path("tool_calls").isEmpty()) {
                return false;
            }
            ArrayNode calls = said.putArray("tool_calls");
            for (JsonNode call : answer.path("tool_calls")) {
                ObjectNode known =
                        calls.addObject().put("id", call.path("id").asText()).put("type", "function");
                known.set("function", call.path("function"));
                messages.addObject()
                        .put("role", "tool")
                        .put("tool_call_id", call.path("id").asText())
                        .put("content", "a.txt");
            }
            return true;
        }

        @Override
        String text(JsonNode answer) {
            return answer.path("content").asText("");
        }
    },

    /** As Codex: instructions, two items of a developer, nothing stored. */
    RESPONSES("/v1/responses") {
        @Override
        ObjectNode first(boolean stream) {
            return json("{'model':'m','stream':" + stream + ",'store':false,'include':['reasoning.encrypted_content'],"
                    + "'instructions':'Be brief.','prompt_cache_key':'k','reasoning':{'effort':'high','summary':'auto'},"
                    + "'parallel_tool_calls':false,'tool_choice':'auto','input':[{'type':'message','role':'developer',"
                    + "'content':[{'type':'input_text','text':'Today is Sunday.'}]},{'type':'message','role':'developer',"
                    + "'content':[{'type':'input_text','text':'Stay calm.'}]},{'type':'message','role':'user','content':"
                    + "[{'type':'input_text','text':'look'}]}],'tools':[{'type':'function','name':'find','description':"
                    + "'Finds.','strict':false,'parameters':" + SCHEMA + "}]}");
        }

        @Override
        JsonNode message(String body, boolean stream) {
            if (!stream) {
                return Json.parse(body).path("output");
            }
            ArrayNode items = Json.array();
            for (JsonNode event : events(body)) {
                if (event.path("type").asText().equals("response.output_item.done")) {
                    items.add(event.path("item"));
                }
            }
            return items;
        }

        @Override
        boolean goOn(ObjectNode request, JsonNode answer) {
            ArrayNode input = (ArrayNode) request.path("input");
            ArrayNode results = Json.array();
            for (JsonNode item : answer) {
                input.add(item);
                if (item.path("type").asText().equals("function_call")) {
                    results.addObject()
                            .put("type", "function_call_output")
                            .put("call_id", item.path("call_id").asText())
                            .put("output", "a.txt");
                }
            }
            input.addAll(results);
            return !results.isEmpty();
        }

        @Override
        String text(JsonNode answer) {
            List<String> texts = new ArrayList<>();
            for (JsonNode item : answer) {
                item.path("content").forEach(part -> texts.add(part.path("text").asText("")));
            }
            return String.join("", texts);
        }
    };

    /** Forms of schemas that some host or other refuses. */
    private static final String SCHEMA = "{'$schema':'https://json-schema.org/draft/2020-12/schema','type':'object',"
            + "'properties':{'path':{'type':['string','null']},'kind':{'const':'file'},'depth':{'type':'integer','anyOf':"
            + "[{'minimum':1},{'maximum':-1}]}},'required':['path'],'additionalProperties':false}";

    private final String path;

    ToolLoop(String path) {
        this.path = path;
    }

    abstract ObjectNode first(boolean stream);

    /** The answer as the client's SDK puts it together. */
    abstract JsonNode message(String body, boolean stream);

    /** Adds the answer, and what its calls gave, to the request; false if there were none. */
    abstract boolean goOn(ObjectNode request, JsonNode answer);

    abstract String text(JsonNode answer);

    /**
     * Talks until the model calls no tool any more.
     *
     * @param post sends a body to a path
     * @return the last text, and in front of it a word for each call
     */
    String run(boolean stream, BiFunction<String, String, HttpResponse<String>> post) {
        ObjectNode request = first(stream);
        StringBuilder course = new StringBuilder();
        for (int turn = 0; turn < 10; turn++) {
            HttpResponse<String> response = post.apply(path, Json.text(request));
            if (response.statusCode() != 200) {
                return course + "HTTP " + response.statusCode() + " " + response.body();
            }
            JsonNode answer = message(response.body(), stream);
            if (!goOn(request, answer)) {
                return course + text(answer);
            }
            course.append("find ");
        }
        return course + "and on and on";
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.parse(text.replace('\'', '"'));
    }

    private static List<JsonNode> events(String body) {
        List<JsonNode> events = new ArrayList<>();
        for (String line : body.split("\n")) {
            if (line.startsWith("data:") && !line.contains("[DONE]")) {
                events.add(Json.parse(line.substring(5)));
            }
        }
        return events;
    }

    private static JsonNode assembled(String body) {
        ObjectNode message = Json.object();
        ArrayNode content = message.putArray("content");
        StringBuilder text = new StringBuilder();
        for (JsonNode event : events(body)) {
            switch (event.path("type").asText()) {
                case "content_block_start" -> {
                    content.add(event.path("content_block").deepCopy());
                    text.setLength(0);
                }
                case "content_block_delta" -> {
                    JsonNode delta = event.path("delta");
                    ObjectNode block = (ObjectNode) content.get(content.size() - 1);
                    text.append(delta.path("text")
                            .asText(delta.path("thinking")
                                    .asText(delta.path("partial_json").asText(""))));
                    switch (delta.path("type").asText()) {
                        case "text_delta" -> block.put("text", text.toString());
                        case "thinking_delta" -> block.put("thinking", text.toString());
                        case "signature_delta" -> block.set("signature", delta.path("signature"));
                        default -> {}
                    }
                }
                case "content_block_stop" -> {
                    ObjectNode block = (ObjectNode) content.get(content.size() - 1);
                    if (block.path("type").asText().equals("tool_use") && !text.isEmpty()) {
                        block.set("input", Json.parse(text.toString()));
                    }
                }
                default -> {}
            }
        }
        return message;
    }

    private static JsonNode chatAssembled(String body) {
        ObjectNode message = Json.object().put("content", "");
        ArrayNode calls = message.putArray("tool_calls");
        for (JsonNode event : events(body)) {
            JsonNode delta = event.at("/choices/0/delta");
            message.put(
                    "content",
                    message.path("content").asText() + delta.path("content").asText(""));
            for (JsonNode call : delta.path("tool_calls")) {
                int index = call.path("index").asInt(calls.size());
                while (calls.size() <= index) {
                    calls.addObject().putObject("function").put("name", "").put("arguments", "");
                }
                ObjectNode known = (ObjectNode) calls.get(index);
                if (call.hasNonNull("id")) {
                    known.set("id", call.get("id"));
                }
                ObjectNode function = (ObjectNode) known.path("function");
                function.put(
                        "name",
                        function.path("name").asText()
                                + call.at("/function/name").asText(""));
                function.put(
                        "arguments",
                        function.path("arguments").asText()
                                + call.at("/function/arguments").asText(""));
            }
        }
        return message;
    }
}
