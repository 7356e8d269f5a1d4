package dev.patchbay.internal.config.schema;

import static dev.patchbay.internal.config.schema.Field.named;

import dev.patchbay.internal.config.tree.Node;

/** The fields at the top of a provider file (provider-files.md, section 1). */
public final class FileFields {

    public static final Field<String> VERSION = named("version", ScalarDecoder.oneOf("1"), "version: 1")
            .byDefault("1")
            .describedAs("The version of this format.");
    public static final Field<String> DEFAULT_PROVIDER = named(
                    "defaultProvider", ScalarDecoder.TEXT, "defaultProvider: groq")
            .byDefault("anthropic")
            .alsoCalled("default")
            .describedAs("The provider of a launch that names none.");
    public static final Field<Node> PROVIDERS = named(
                    "providers",
                    new Shape.MapOf(KeyType.ID, new Shape.Anything("a provider"), false),
                    "providers: {groq: {baseUrl: https://api.groq.com/openai/v1}}")
            .describedAs("The definitions, by id.");
    public static final Field<Node> AGENTS = named(
                    "agents", new Shape.Anything("a mapping"), "agents: {claude: {command: [claude]}}")
            .later()
            .describedAs("External coding agents.");

    /** The top of a file; the definitions are checked one by one. */
    public static final Shape.Table FILE =
            FieldTable.extensible("a provider file", VERSION, DEFAULT_PROVIDER, PROVIDERS, AGENTS);

    private FileFields() {}
}
