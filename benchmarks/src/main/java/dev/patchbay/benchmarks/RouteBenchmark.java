package dev.patchbay.benchmarks;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finds a provider in a registry and computes the route of a launch and its URL. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RouteBenchmark {

    private final RegistrySnapshot registry = RegistrySnapshot.builder()
            .environment(Environment.of(Map.of("BENCH_KEY", "key")))
            .text(Layer.USER, "benchmark.yaml", """
                    providers:
                      groq:
                        baseUrl: https://api.groq.com/openai/v1
                        apiKey: $BENCH_KEY
                        defaultModel: llama-3.3-70b-versatile
                        aliases: {sonnet: llama-3.3-70b-versatile, haiku: llama-3.1-8b-instant}
                    """)
            .build();

    @Benchmark
    public Object resolve() {
        Definition definition = registry.find("groq").orElseThrow().definition().orElseThrow();
        var route = RouteResolver.resolve(definition, RouteOverrides.model("sonnet"));
        return route.target(route.operation().orElseThrow());
    }
}
