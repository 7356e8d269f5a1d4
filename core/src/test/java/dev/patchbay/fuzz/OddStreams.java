package dev.patchbay.fuzz;

import java.util.List;

/** Streams as servers send them that keep their dialect only roughly. */
final class OddStreams {

    private static final List<String> CHAT = List.of("""
            data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"<think>a"}}]}
            data: {"choices":[{"index":0,"delta":{"content":"b</th"}}]}
            data: {"choices":[{"index":0,"delta":{"content":"ink>\\n\\nc"}}]}
            data: {"choices":[{"index":0,"delta":{},"finish_reason":"STOP","logprob":NaN}]}
            data: [DONE]
            """, """
            data: {"choices":[{"delta":{"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]}}]}

            data: {"choices":[{"delta":{"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{\\"a\\":"}}]}}]}

            data: {"choices":[{"delta":{"tool_calls":[{"id":"c","function":{"arguments":"{\\"a\\":1}"}}]}}]}

            data: {"choices":[{"delta":{"tool_calls":[{"index":1,"id":"d","function":{"name":"g","arguments":{}}}]}}]}

            data: {"choices":[{"delta":{},"finish_reason":"function_call"}],"usage":{"prompt_tokens":3}}

            """, """
            data: {"choices":[{"delta":{"content":"a","reasoning_details":[{"type":"reasoning.encrypted","data":"x"}]}}]}

            data: {"base_resp":{"status_code":1002,"status_msg":"rate limit"}}

            """, """
            event: error
            data: {"status":503,"error":"Service Unavailable","path":"/v1/chat/completions"}

            """);

    private static final List<String> MESSAGES = List.of("""
            event: message_start
            data: {"type":"message_start","message":{"id":"m","usage":{"input_tokens":1}}}
            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{"a":1}}}
            data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\":2}"}}
            data: {"type":"content_block_stop","index":0}
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":2}}
            """, """
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":{"type":"web_search_result_location","url":"u","title":"t"}}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}

            data: {"type":"message_delta","delta":{"stop_reason":"model_context_window_exceeded"}}

            """, """
            data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

            """);

    private OddStreams() {}

    /** Those of an upstream's dialect, by how the directions of its vectors begin. */
    static List<String> of(String direction) {
        return direction.startsWith("openai") ? CHAT : direction.startsWith("anthropic") ? MESSAGES : List.of();
    }
}
