package dev.patchbay.internal.config.schema;

import static dev.patchbay.internal.config.schema.Field.named;

/** The fields at the top of a provider file (provider-files.md, section 1). */
public final class FileFields {

    /** The top of a file; the definitions are checked one by one. */
    public static final Shape.Table FILE = FieldTable.extensible(
            "a provider file",
            named("version", Shape.Scalar.oneOf("1"), "version: 1")
                    .usually("1")
                    .describedAs("The version of this format."),
            named("defaultProvider", Shape.Scalar.of(ScalarType.TEXT), "defaultProvider: groq")
                    .usually("anthropic")
                    .alsoCalled("default")
                    .describedAs("The provider of a launch that names none."),
            named(
                            "providers",
                            new Shape.MapOf(KeyType.ID, new Shape.Anything("a provider"), false),
                            "providers: {groq: {baseUrl: https://api.groq.com/openai/v1}}")
                    .describedAs("The definitions, by id."),
            named("agents", new Shape.Anything("a mapping"), "agents: {claude: {command: [claude]}}")
                    .later()
                    .describedAs("External coding agents."));

    private FileFields() {}
}
