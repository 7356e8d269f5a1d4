package dev.patchbay.workbench.probe;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A model behind an endpoint that refuses what it is told to refuse, with the words of real providers. */
final class Endpoint {

    private final List<Function<RecordedRequest, Optional<Answer>>> rules = new ArrayList<>();

    /** Refuses requests that have a member. */
    Endpoint refusing(String member, String words) {
        return on(request -> request.member(member).isPresent(), Answer.error(400, "invalid_request_error", words));
    }

    /** Answers certain requests in another way. */
    Endpoint on(Predicate<RecordedRequest> which, Answer answer) {
        rules.add(request -> which.test(request) ? Optional.of(answer) : Optional.empty());
        return this;
    }

    Answer answer() {
        return exchange -> {
            RecordedRequest request = exchange.request();
            Answer answer = rules.stream()
                    .flatMap(rule -> rule.apply(request).stream())
                    .findFirst()
                    .orElseGet(() -> good(request));
            answer.send(exchange);
        };
    }

    /** Calls the tool that it is offered, once, with its argument. */
    static Answer good(RecordedRequest request) {
        boolean first = !request.text().contains("18 degrees");
        return request.member("tools").isPresent() && first
                ? Answer.toolCall("call_1", "get_weather", "{\"city\":", "\"Paris\"}")
                : Answer.text("Hel", "lo");
    }
}
