package dev.patchbay.langchain4j;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Exchange;
import dev.patchbay.testkit.ModelAnswer;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers what LangChain4j's contract tests ask as a model would, by what is in the request. */
final class ScriptedModel implements Answer {

    private static final int FEW_TOKENS = 100;

    @Override
    public void send(Exchange exchange) throws IOException {
        RecordedRequest request = exchange.request();
        ModelAnswer answer = answer(request.text());
        Optional<Long> limit = limit(request);
        if (limit.isPresent()) {
            boolean responses = request.path().endsWith("/responses");
            boolean messages = request.path().endsWith("/messages");
            answer =
                    answer.usage(11, limit.get()).finish(responses ? "incomplete" : messages ? "max_tokens" : "length");
        }
        answer.send(exchange);
    }

    private static Optional<Long> limit(RecordedRequest request) {
        return Stream.of("max_tokens", "max_completion_tokens", "max_output_tokens")
                .flatMap(member -> request.member(member).stream())
                .map(value -> ((Number) value).longValue())
                .filter(tokens -> tokens < FEW_TOKENS)
                .findFirst();
    }

    private static ModelAnswer answer(String request) {
        boolean result = Stream.of("\"role\":\"tool\"", "tool_result", "function_call_output")
                .anyMatch(request::contains);
        return result ? afterTools(request) : first(request);
    }

    private static ModelAnswer afterTools(String request) {
        if (request.contains("10:14")) {
            return Answer.text("It is ", "10:14.");
        }
        if (request.contains("14:35")) {
            return Answer.text("It is sunny ", "and 14:35.");
        }
        return request.contains("rainy")
                ? Answer.text("{\"weather\":", "\"sunny\"}")
                : Answer.text("The sun ", "shines.");
    }

    private static ModelAnswer first(String request) {
        if (request.contains("simultaneously")) {
            return Answer.toolCall("call-1", "getWeather", "{\"city\":", "\"Munich\"}")
                    .thenToolCall("call-2", "getTime", "{\"country\":", "\"France\"}");
        }
        if (request.contains("What is the time now?")) {
            return Answer.toolCall("call-1", "get_current_time");
        }
        if (request.contains("Munich")) {
            return Answer.toolCall("call-1", "getWeather", "{\"city\":", "\"Munich\"}");
        }
        if (request.contains("capital of Germany")) {
            boolean json = Stream.of("json_schema", "JSON object").anyMatch(request::contains);
            return json ? Answer.text("{\"city\":", "\"Berlin\"}") : Answer.text("The capital ", "is ", "Berlin.");
        }
        return texts(request);
    }

    private static ModelAnswer texts(String request) {
        List<List<String>> known = List.of(
                List.of("I love you", "Ich liebe ", "dich."),
                List.of("favorite color", "It is ", "green."),
                List.of("Hello World", "Hel", "lo"),
                List.of("What do you see", "A cat ", "and dice."));
        return known.stream()
                .filter(one -> request.contains(one.get(0)))
                .findFirst()
                .map(one -> Answer.text(one.get(1), one.get(2)))
                .orElseGet(() -> Answer.endless(500));
    }
}
