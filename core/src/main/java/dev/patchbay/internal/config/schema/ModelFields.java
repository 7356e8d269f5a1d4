package dev.patchbay.internal.config.schema;

import static dev.patchbay.internal.config.schema.Field.named;

/** The fields of a model (provider-files.md, section 2.1). */
final class ModelFields {

    private static final Shape DECIMAL = Shape.Scalar.of(ScalarType.DECIMAL);

    private static final Shape.Table PRICE = FieldTable.record(
            "price",
            named("input", DECIMAL, "price: {input: 0.59}").describedAs("USD per million tokens of input."),
            named("output", DECIMAL, "price: {output: 0.79}").describedAs("USD per million tokens of output."),
            named("cacheRead", DECIMAL, "price: {cacheRead: 0.1}").describedAs("USD per million cached tokens read."),
            named("cacheWrite", DECIMAL, "price: {cacheWrite: 0.7}")
                    .describedAs("USD per million tokens written to the cache."));

    static final Shape.Table MODEL = FieldTable.extensible(
            "a model",
            named("upstreamId", Shape.Scalar.of(ScalarType.TEXT), "upstreamId: openai/gpt-oss-120b")
                    .alsoCalled("id", "model")
                    .describedAs("The name on the wire, byte for byte; default: the key."),
            named("name", Shape.Scalar.of(ScalarType.TEXT), "name: Llama 3.3 70B")
                    .describedAs("For people."),
            named("dialect", Shape.Scalar.of(ScalarType.TEXT), "dialect: anthropic-messages")
                    .describedAs("What sessions speak with this model, if not what they speak with the provider."),
            named("context", Shape.Scalar.of(ScalarType.POSITIVE), "context: 131072")
                    .alsoCalled("contextWindow", "contextLength", "contextLimit")
                    .describedAs("Most tokens of input and output together."),
            named("maxOutput", Shape.Scalar.of(ScalarType.POSITIVE), "maxOutput: 32768")
                    .alsoCalled("maxTokens", "maxOutputTokens")
                    .describedAs("Most tokens of output."),
            named("input", new Shape.ListOf(Shape.Scalar.oneOf("text", "image", "pdf"), true), "input: [text, image]")
                    .describedAs("What it reads."),
            named("tools", Shape.Scalar.of(ScalarType.BOOLEAN), "tools: true").describedAs("Whether it calls tools."),
            named("price", PRICE, "price: {input: 0.59, output: 0.79}")
                    .merge(Merge.BY_KEY)
                    .describedAs("What it costs; unknown unless said."),
            named("body", BodyFields.BODY, "body: {drop: [temperature]}")
                    .merge(Merge.BY_KEY)
                    .substituted()
                    .describedAs("Body rules applied after the provider's."),
            named("quirks", QuirkFields.QUIRKS, "quirks: {reasoning: reasoning_effort}")
                    .merge(Merge.BY_KEY)
                    .describedAs("Quirks that differ from the provider's."));

    private ModelFields() {}
}
