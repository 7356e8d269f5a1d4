package dev.patchbay.testkit;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What OpenAI's Responses endpoint refuses, for {@link StrictVendor}. */
final class StrictResponsesRules {

    private StrictResponsesRules() {}

    static final List<StrictRule> OPENAI = List.of(
            StrictRule.onlyMembers(
                    "OpenAI API reference, create a response",
                    "Unknown parameter: '%s'.",
                    "model",
                    "input",
                    "instructions",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "max_output_tokens",
                    "max_tool_calls",
                    "temperature",
                    "top_p",
                    "reasoning",
                    "text",
                    "stream",
                    "stream_options",
                    "store",
                    "include",
                    "metadata",
                    "user",
                    "safety_identifier",
                    "prompt_cache_key",
                    "prompt_cache_retention",
                    "service_tier",
                    "truncation",
                    "previous_response_id",
                    "conversation",
                    "background",
                    "client_metadata"),
            StrictRule.without(
                    "OpenAI, reasoning models",
                    "Unsupported parameter: '%s' is not supported with this model.",
                    "top_p",
                    "temperature"),
            new StrictRule("OpenAI: \"No tool output found for function call\"; codex#7051", body -> {
                Set<String> open = new HashSet<>();
                for (Map<String, @Nullable Object> item : Tree.objects(body.get("input"))) {
                    String id = Tree.text(item.get("call_id"));
                    if (Tree.text(item.get("type")).equals("function_call")) {
                        open.add(id);
                    } else if (Tree.text(item.get("type")).equals("function_call_output") && !open.remove(id)) {
                        return "No tool call found for function call output with call_id " + id + ".";
                    }
                }
                return open.isEmpty() ? null : "No tool output found for function call " + open + ".";
            }),
            new StrictRule("OpenAI API reference, function tools", body -> {
                for (Map<String, @Nullable Object> tool : Tree.objects(body.get("tools"))) {
                    boolean flat = !Tree.text(tool.get("name")).isEmpty() && !tool.containsKey("function");
                    if (Tree.text(tool.get("type")).equals("function") && !flat) {
                        return "Missing required parameter: 'tools[0].name'.";
                    }
                }
                return null;
            }));
}
