package dev.patchbay.codec;

import static dev.patchbay.codec.Translate.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer as each dialect has it, whole and as a stream, written in a few signs: {@code A.} is text, {@code !No.} a refusal (of
 * Messages: why its filter cut the answer), {@code ~hm} thinking, {@code @c} a call with this id, {@code #} a search at the
 * provider, {@code -} nothing, and {@code /} begins another message; {@code <A.} is the text of a message that is a comment,
 * {@code >A.} that of the answer behind it.
 */
record SampleAnswer(List<String> signs, String end) {

    /**
     * An answer.
     *
     * @param end why it ended, in the dialect's own word; empty for the word of an answer that ended by itself
     */
    static SampleAnswer of(String signs, String end) {
        return new SampleAnswer(List.of(signs.split(" ")), end);
    }

    /** The whole answer of an upstream. */
    ObjectNode whole(String dialect) {
        return switch (dialect) {
            case "openai-responses" -> responses();
            case "anthropic-messages" -> messages();
            default -> chat();
        };
    }

    /** The same answer as the data of a stream's events. */
    List<ObjectNode> stream(String dialect) {
        return switch (dialect) {
            case "openai-responses" -> responsesEvents();
            case "anthropic-messages" -> messagesEvents();
            default -> chatChunks();
        };
    }

    private boolean calls() {
        return signs.stream().anyMatch(sign -> sign.startsWith("@"));
    }

    private ObjectNode responses() {
        ObjectNode response =
                json("{'id':'resp_1','object':'response','model':'m','error':null,'incomplete_details':null,"
                        + "'usage':{'input_tokens':7,'output_tokens':5}}");
        response.put("status", end.isEmpty() ? "completed" : "incomplete");
        if (!end.isEmpty()) {
            response.putObject("incomplete_details").put("reason", end);
        }
        ArrayNode output = response.putArray("output");
        ArrayNode parts = null;
        for (String sign : signs) {
            char kind = sign.charAt(0);
            String id = "i" + output.size();
            if (kind == '~') {
                output.add(json("{'type':'reasoning','id':'" + id + "','summary':[{'type':'summary_text','text':'"
                        + sign.substring(1) + "'}]}"));
            } else if (kind == '@') {
                output.add(json("{'type':'function_call','id':'" + id + "','call_id':'" + sign.substring(1)
                        + "','name':'find','arguments':'{}'}"));
            } else if (kind == '#') {
                output.add(json("{'type':'web_search_call','id':'" + id + "','status':'completed'}"));
            } else if (kind != '/') {
                if (parts == null) {
                    ObjectNode message = json("{'type':'message','id':'" + id + "','role':'assistant'}");
                    parts = message.putArray("content");
                    if (kind == '<' || kind == '>') {
                        message.put("phase", kind == '<' ? "commentary" : "final_answer");
                    }
                    output.add(message);
                }
                parts.add(
                        kind == '!'
                                ? json("{'type':'refusal','refusal':'" + sign.substring(1) + "'}")
                                : json("{'type':'output_text','text':'" + sign.replaceFirst("[<>]", "")
                                        + "','annotations':[]}"));
                continue;
            }
            parts = null;
        }
        return response;
    }

    private List<ObjectNode> responsesEvents() {
        ObjectNode response = responses();
        List<ObjectNode> events = new ArrayList<>();
        events.add(json("{'type':'response.created','response':{'id':'resp_1','model':'m','status':'in_progress'}}"));
        for (int index = 0; index < response.path("output").size(); index++) {
            ObjectNode item = (ObjectNode) response.path("output").path(index);
            String at = "'output_index':" + index + ",'item_id':"
                    + item.path("id").toString().replace('"', '\'');
            ObjectNode begun = item.deepCopy();
            begun.remove(List.of("content", "summary"));
            begun.put("arguments", "");
            events.add(event("response.output_item.added", at).set("item", begun));
            for (int part = 0; part < item.path("content").size(); part++) {
                ObjectNode whole = (ObjectNode) item.path("content").path(part);
                boolean refusal = whole.has("refusal");
                String member = refusal ? "refusal" : "text";
                String type = refusal ? "response.refusal" : "response.output_text";
                String place = at + ",'content_index':" + part;
                events.add(event("response.content_part.added", place)
                        .set("part", whole.deepCopy().put(member, "")));
                for (String piece : halves(whole.path(member).asText())) {
                    events.add(event(type + ".delta", place).put("delta", piece));
                }
                events.add(event(type + ".done", place).set(member, whole.path(member)));
                events.add(event("response.content_part.done", place).set("part", whole));
            }
            if (item.has("summary")) {
                String text = item.at("/summary/0/text").asText();
                events.add(event("response.reasoning_summary_part.added", at + ",'summary_index':0"));
                events.add(event("response.reasoning_summary_text.delta", at + ",'summary_index':0")
                        .put("delta", text));
            }
            events.add(event("response.output_item.done", at).set("item", item));
        }
        events.add(event("response." + response.path("status").asText(), "'sequence_number':99")
                .set("response", response));
        return events;
    }

    private ObjectNode messages() {
        ObjectNode message = json("{'id':'msg_1','type':'message','role':'assistant','model':'m','stop_sequence':null,"
                + "'usage':{'input_tokens':7,'output_tokens':5}}");
        message.put("stop_reason", !end.isEmpty() ? end : calls() ? "tool_use" : "end_turn");
        ArrayNode content = message.putArray("content");
        for (String sign : signs) {
            String said = sign.substring(1);
            switch (sign.charAt(0)) {
                case '~' -> content.add(json("{'type':'thinking','thinking':'" + said + "','signature':'s'}"));
                case '@' -> content.add(json("{'type':'tool_use','id':'" + said + "','name':'find','input':{}}"));
                case '#' -> {
                    content.add(json("{'type':'server_tool_use','id':'s','name':'web_search','input':{}}"));
                    content.add(json("{'type':'web_search_tool_result','tool_use_id':'s','content':[]}"));
                }
                case '!' ->
                    message.set("stop_details", json("{'type':'refusal','category':'x','explanation':'" + said + "'}"));
                case '-' -> {}
                default -> content.add(json("{'type':'text','text':'" + sign + "'}"));
            }
        }
        return message;
    }

    private List<ObjectNode> messagesEvents() {
        ObjectNode message = messages();
        List<ObjectNode> events = new ArrayList<>();
        events.add(
                json("{'type':'message_start','message':{'id':'msg_1','usage':{'input_tokens':7,'output_tokens':1}}}"));
        for (int index = 0; index < message.path("content").size(); index++) {
            ObjectNode whole = (ObjectNode) message.path("content").path(index);
            String at = "'index':" + index;
            String type = whole.path("type").asText();
            ObjectNode begun = whole.deepCopy();
            boolean prose = type.equals("text") || type.equals("thinking");
            if (prose) {
                begun.put(type, "");
            }
            events.add(event("content_block_start", at).set("content_block", begun));
            for (String piece : halves(prose ? whole.path(type).asText() : "")) {
                events.add(event("content_block_delta", at)
                        .set("delta", Json.object().put("type", type + "_delta").put(type, piece)));
            }
            if (type.endsWith("tool_use")) {
                events.add(event("content_block_delta", at)
                        .set("delta", json("{'type':'input_json_delta','partial_json':'{}'}")));
            }
            events.add(event("content_block_stop", at));
        }
        ObjectNode ended = event("message_delta", "'usage':{'output_tokens':5}");
        ObjectNode delta = ended.putObject("delta");
        for (String member : List.of("stop_reason", "stop_details")) {
            delta.set(member, message.get(member));
        }
        events.add(ended);
        events.add(json("{'type':'message_stop'}"));
        return events;
    }

    private ObjectNode chat() {
        ObjectNode completion = json("{'id':'chatcmpl-1','object':'chat.completion','model':'m',"
                + "'usage':{'prompt_tokens':7,'completion_tokens':5,'total_tokens':12}}");
        ObjectNode choice = completion.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message")
                .put("role", "assistant")
                .putNull("content")
                .putNull("refusal");
        for (String sign : signs) {
            String said = sign.substring(1);
            switch (sign.charAt(0)) {
                case '~' -> message.put("reasoning_content", said);
                case '@' ->
                    message.withArray("tool_calls")
                            .add(json("{'id':'" + said
                                    + "','type':'function','function':{'name':'find','arguments':'{}'}}"));
                case '!' -> message.put("refusal", said);
                case '-' -> {}
                default -> message.put("content", sign);
            }
        }
        choice.put("finish_reason", !end.isEmpty() ? end : calls() ? "tool_calls" : "stop");
        return completion;
    }

    private List<ObjectNode> chatChunks() {
        ObjectNode completion = chat();
        ObjectNode message = (ObjectNode) completion.at("/choices/0/message");
        List<ObjectNode> chunks = new ArrayList<>();
        chunks.add(chunk(json("{'role':'assistant','content':'','refusal':null}")));
        for (String member : List.of("reasoning_content", "content", "refusal")) {
            for (String piece : halves(message.path(member).asText(""))) {
                chunks.add(chunk(Json.object().put(member, piece)));
            }
        }
        for (int index = 0; index < message.path("tool_calls").size(); index++) {
            ObjectNode call = (ObjectNode) message.path("tool_calls").path(index);
            ObjectNode delta = Json.object();
            delta.putArray("tool_calls").add(call.put("index", index));
            chunks.add(chunk(delta));
        }
        ObjectNode last = chunk(Json.object());
        ((ObjectNode) last.at("/choices/0")).set("finish_reason", completion.at("/choices/0/finish_reason"));
        chunks.add(last);
        ObjectNode counts = json("{'id':'chatcmpl-1','choices':[]}");
        chunks.add(counts.set("usage", completion.path("usage")));
        return chunks;
    }

    private static ObjectNode chunk(ObjectNode delta) {
        ObjectNode chunk = json("{'id':'chatcmpl-1','model':'m'}");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("finish_reason");
        return chunk;
    }

    private static ObjectNode event(String type, String members) {
        return json("{'type':'" + type + "'," + members + "}");
    }

    private static List<String> halves(String text) {
        int middle = text.length() / 2;
        return text.isEmpty() ? List.of() : List.of(text.substring(0, middle), text.substring(middle));
    }
}
