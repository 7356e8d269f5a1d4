package dev.patchbay.fuzz;

import java.util.List;

/** Requests of real clients with members that few know: where the rules of dialects.md were added to. */
final class OddRequests {

    static final List<String> ALL = List.of("""
            {"model":"m","max_tokens":9,"anthropic_beta":null,"messages":[
              {"role":"user","content":"a"},
              {"role":"system","content":[{"type":"tool_addition","tool":{"type":"tool_reference","name":"late"}}]},
              {"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"late","input":{}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":[]}]},
              {"role":"system","content":[{"type":"tool_removal","tool":{"type":"tool_reference","name":"late"}},
                {"type":"text","text":"be brief"}],"effort":"low","clear_at":1}],
             "tools":[{"name":"late","defer_loading":true,"input_schema":{"oneOf":[{"type":"object"}]}},
               {"name":"placeholder","defer_loading":true,"input_schema":{}}],
             "tool_choice":{"type":"tool","name":"late"},"stop_sequences":["1","2","3","4","5"]}
            """, """
            {"model":"m","functions":[{"name":"f","parameters":{"type":"object"}}],"function_call":{"name":"f"},"messages":[
              {"role":"system","content":"a"},{"role":"user","content":"b"},
              {"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},
              {"role":"function","name":"f","content":"c"},{"role":"developer","content":[{"type":"text","text":"d"}]},
              {"role":"user","content":[{"type":"text","text":"e","cache_control":{"type":"ephemeral"}}]}]}
            """, """
            {"model":"m","tools":[{"type":"custom","custom":{"name":"patch","format":{"type":"grammar",
              "grammar":{"syntax":"lark","definition":"start: x"}}}},{"name":"cursor","input_schema":{"type":"object"}}],
             "tool_choice":{"type":"custom","custom":{"name":"patch"}},"modalities":["text"],
             "response_format":{"type":"json_object"},"messages":[{"role":"user","content":"a"},
              {"role":"assistant","tool_calls":[{"id":"c1","type":"custom","custom":{"name":"patch","input":"x"}}],
               "reasoning_details":[{"type":"reasoning.text","text":"r","signature":"s"}]},
              {"role":"tool","tool_call_id":"c1","content":"y"},{"role":"tool","tool_call_id":"orphan","content":"z"}]}
            """, """
            {"model":"m","prompt":{"id":"pmpt_1"},"messages":[{"role":"user","content":[
              {"type":"file","file":{"file_id":"file-1"}}]}]}
            """, """
            {"model":"m","max_tokens":9,"thread":{"id":"t"},"messages":[{"role":"user","content":"a"}]}
            """);

    private OddRequests() {}
}
