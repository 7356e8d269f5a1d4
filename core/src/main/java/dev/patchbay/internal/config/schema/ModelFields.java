package dev.patchbay.internal.config.schema;

import static dev.patchbay.internal.config.schema.Field.named;

import dev.patchbay.internal.config.tree.Node;
import dev.patchbay.provider.Timeout;
import java.math.BigDecimal;

/** The fields of a model (provider-files.md, section 2.1). */
public final class ModelFields {

    public static final Field<BigDecimal> PRICE_INPUT = named("input", ScalarDecoder.DECIMAL, "price: {input: 0.59}")
            .describedAs("USD per million tokens of input.");
    public static final Field<BigDecimal> PRICE_OUTPUT = named("output", ScalarDecoder.DECIMAL, "price: {output: 0.79}")
            .describedAs("USD per million tokens of output.");
    public static final Field<BigDecimal> PRICE_CACHE_READ = named(
                    "cacheRead", ScalarDecoder.DECIMAL, "price: {cacheRead: 0.1}")
            .describedAs("USD per million cached tokens read.");
    public static final Field<BigDecimal> PRICE_CACHE_WRITE = named(
                    "cacheWrite", ScalarDecoder.DECIMAL, "price: {cacheWrite: 0.7}")
            .describedAs("USD per million tokens written to the cache.");

    private static final Shape.Table PRICE_FIELDS =
            FieldTable.record("price", PRICE_INPUT, PRICE_OUTPUT, PRICE_CACHE_READ, PRICE_CACHE_WRITE);

    public static final Field<String> UPSTREAM_ID = named(
                    "upstreamId", ScalarDecoder.TEXT, "upstreamId: openai/gpt-oss-120b")
            .alsoCalled("id", "model")
            .describedAs("The name on the wire, byte for byte; default: the key.");
    public static final Field<String> NAME =
            named("name", ScalarDecoder.TEXT, "name: Llama 3.3 70B").describedAs("For people.");
    public static final Field<String> DIALECT = named("dialect", ScalarDecoder.TEXT, "dialect: anthropic-messages")
            .describedAs("What sessions speak with this model, if not what they speak with the provider.");
    public static final Field<Integer> CONTEXT = named("context", ScalarDecoder.POSITIVE, "context: 131072")
            .alsoCalled("contextWindow", "contextLength", "contextLimit")
            .describedAs("Most tokens of input and output together.");
    public static final Field<Integer> MAX_OUTPUT = named("maxOutput", ScalarDecoder.POSITIVE, "maxOutput: 32768")
            .alsoCalled("maxTokens", "maxOutputTokens")
            .describedAs("Most tokens of output.");
    public static final Field<Node> INPUT = named(
                    "input", new Shape.ListOf(Shape.Scalar.oneOf("text", "image", "pdf"), true), "input: [text, image]")
            .describedAs("What it reads.");
    public static final Field<Boolean> TOOLS =
            named("tools", ScalarDecoder.BOOLEAN, "tools: true").describedAs("Whether it calls tools.");
    public static final Field<Node> PRICE = named("price", PRICE_FIELDS, "price: {input: 0.59, output: 0.79}")
            .merge(Merge.BY_KEY)
            .describedAs("What it costs; unknown unless said.");
    public static final Field<Timeout> FIRST_BYTE_TIMEOUT = named(
                    "firstByteTimeout", ScalarDecoder.TIMEOUT, "firstByteTimeout: 30m")
            .alsoCalled("timeout")
            .describedAs("Until its answer begins, where it thinks longer than the provider's http.firstByteTimeout.");
    public static final Field<Node> BODY = named("body", BodyFields.BODY, "body: {drop: [temperature]}")
            .merge(Merge.BY_KEY)
            .substituted()
            .describedAs("Body rules applied after the provider's.");
    public static final Field<Node> QUIRKS = named(
                    "quirks", QuirkFields.QUIRKS, "quirks: {reasoning: reasoning_effort}")
            .merge(Merge.BY_KEY)
            .describedAs("Quirks that differ from the provider's.");

    static final Shape.Table MODEL = FieldTable.extensible(
            "a model",
            UPSTREAM_ID,
            NAME,
            DIALECT,
            CONTEXT,
            MAX_OUTPUT,
            INPUT,
            TOOLS,
            PRICE,
            FIRST_BYTE_TIMEOUT,
            BODY,
            QUIRKS);

    private ModelFields() {}
}
