package dev.patchbay.workbench.probe;

import dev.patchbay.internal.http.PrintableUrl;
import dev.patchbay.internal.http.ProviderClients;
import dev.patchbay.internal.http.WrongAddressAdvice;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.workbench.probe.StepResult.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tests one provider with one model: from its host's address to a tool's result, by the rule that routes launches. Calls
 * are made by {@link #run}, and cost what the provider takes for a few hundred tokens. Used once; {@link #close} ends it
 * from any thread.
 */
public final class Probe implements AutoCloseable {

    /** How often, in a whole test, a refused request is sent again with what the refusal asks for. */
    private static final int MOST_TRIALS = 8;

    private final ProbedProvider subject;
    private final DefinitionPlace place;
    private final ProviderClients clients;
    private final CallTimeLimit watch;
    private final CallBudget calls;
    private final QuestionTrials trials;
    private final ManualHints hints = new ManualHints();
    private final RequestSteps asked;
    private final ConversationSteps talk;

    Probe(Route route, DefinitionPlace place, ProviderClients clients, Duration limit) {
        this.subject = new ProbedProvider(route, limit);
        this.place = place;
        this.clients = clients;
        this.watch = new CallTimeLimit(limit);
        this.calls = calls(route);
        this.trials = new QuestionTrials(subject, new RefusalFixes(place.keyLine()), calls);
        this.asked = new RequestSteps(clients, watch, trials);
        this.talk = new ConversationSteps(clients, watch, trials, hints, asked);
    }

    /** The id of the provider. */
    public String provider() {
        return subject.launched().provider();
    }

    /** The model on the wire. */
    public String model() {
        return subject.launched().upstreamModel();
    }

    /** Where conversations are sent, without anything secret; empty for a dialect that a plugin brings. */
    public Optional<String> url() {
        Route route = subject.launched();
        return route.operation().flatMap(route::target).map(target -> PrintableUrl.of(target.url()));
    }

    /** How many calls are made of a provider that refuses nothing. */
    public int calls() {
        return calls.planned();
    }

    /** How many calls are made at most. */
    public int mostCalls() {
        return calls.atMost();
    }

    /**
     * Runs the test. What is wrong with the provider is in the report, never thrown.
     *
     * @throws dev.patchbay.diagnostic.ConfigurationException if a quirk of the file has a value that it cannot have
     */
    public ProbeReport run(ProbeListener listener) {
        Map<Step, StepResult> results = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            if (watch.isClosed()) {
                break;
            }
            Optional<String> obstacle = obstacle(step, results);
            StepResult result = obstacle.isPresent()
                    ? new StepResult(step, State.SKIPPED, obstacle.get(), Duration.ZERO, Optional.empty())
                    : run(step, listener);
            if (!watch.isClosed()) {
                results.put(step, result);
                listener.ended(result);
            }
        }
        return report(List.copyOf(results.values()));
    }

    /** Ends the test at once, if it runs. */
    @Override
    public void close() {
        watch.close();
    }

    private StepResult run(Step step, ProbeListener listener) {
        listener.began(step);
        long began = System.nanoTime();
        StepOutcome outcome = make(step, with -> listener.tryingAgain(step, with));
        Duration time = Duration.ofNanos(System.nanoTime() - began);
        return new StepResult(step, outcome.state(), outcome.detail(), time, outcome.failure());
    }

    private StepOutcome make(Step step, Consumer<String> again) {
        return switch (step) {
            case DNS -> peer(PeerSteps::name);
            case CONNECT -> peer(PeerSteps::connection);
            case TLS -> peer(peer -> peer.certificate(Instant.now()));
            case AUTH -> asked.key(again);
            case MODELS -> asked.models();
            case CHAT -> talk.chat(again);
            case STREAM -> talk.stream(again);
            case TOOL_CALL -> talk.toolCall(again);
            case SECOND_TURN -> talk.secondTurn(again);
        };
    }

    private StepOutcome peer(Function<PeerSteps, StepOutcome> step) {
        Route route = trials.route();
        Optional<Origin> origin = route.operation()
                .flatMap(route::target)
                .map(target -> target.origin())
                .or(route::origin);
        return origin.map(known -> directly(route, known, step))
                .orElseGet(() -> StepOutcome.skipped(RequestSteps.plugin(route)));
    }

    /** Behind a proxy nothing of the provider can be seen from here. */
    private StepOutcome directly(Route route, Origin origin, Function<PeerSteps, StepOutcome> step) {
        try {
            return clients.proxy(route, origin)
                    .map(proxy -> StepOutcome.skipped("requests go through the proxy " + proxy.address() + ", which "
                            + proxy.source() + " names"))
                    .orElseGet(() -> step.apply(new PeerSteps(origin, route.http(), watch)));
        } catch (ProviderException failure) {
            return StepOutcome.failed(failure);
        }
    }

    /** Why a step cannot be made. */
    private static Optional<String> obstacle(Step step, Map<Step, StepResult> results) {
        for (StepResult before : results.values()) {
            if (before.state() == State.FAILED && !mayGoOn(before)) {
                return Optional.of("the " + before.step().label() + " step failed");
            }
        }
        StepResult tool = results.get(Step.TOOL_CALL);
        boolean uncalled = step == Step.SECOND_TURN && (tool == null || !tool.isOk());
        return uncalled ? Optional.of("no tool was called") : Optional.empty();
    }

    /** A provider may refuse what is asked of it in one way and not in another. */
    private static boolean mayGoOn(StepResult failed) {
        boolean refused = failed.failure()
                .filter(failure -> !WrongAddressAdvice.isOne(failure))
                .map(ProviderException::kind)
                .filter(kind -> kind == ProviderException.Kind.INVALID_REQUEST || kind == ProviderException.Kind.SERVER)
                .isPresent();
        return failed.step() == Step.CHAT && refused;
    }

    private ProbeReport report(List<StepResult> steps) {
        Definition definition = subject.launched().definition();
        List<SuggestedSetting> changes = new ArrayList<>(trials.proven());
        trials.untried().stream()
                .filter(change -> changes.stream().noneMatch(change::samePlaceAs))
                .forEach(changes::add);
        Suggestion suggestion = new Suggestion(
                place.words()
                        .map(words -> "provider '" + definition.id() + "' at " + words)
                        .orElse("a provider file"),
                SuggestedYaml.of(changes, definition, place),
                List.copyOf(changes),
                hints.all());
        return new ProbeReport(
                provider(), definition.dialect(), model(), steps, calls.count(), suggestion, watch.isClosed());
    }

    private static CallBudget calls(Route route) {
        boolean core = route.operation().isPresent();
        boolean tools = !route.model().flatMap(Model::tools).equals(Optional.of(false));
        boolean list = core && route.target(Operation.MODELS).isPresent();
        boolean renewable = route.secrets().stream()
                .map(SecretValue::reference)
                .anyMatch(key -> key.source().equals("command"));
        return new CallBudget((list ? 1 : 0) + 2 + (tools ? 2 : 0), core ? MOST_TRIALS : 0, renewable);
    }
}
