package dev.patchbay.cli.command;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The parts of a command's description, in the form that all commands share. */
public final class Specs {

    private Specs() {}

    /** An option that takes a text. */
    public static OptionSpec option(String name, String label, String description) {
        return option(List.of(name), label, description);
    }

    /** An option that takes a text and has several names, the shortest first. */
    public static OptionSpec option(List<String> names, String label, String description) {
        return OptionSpec.builder(names.toArray(String[]::new))
                .paramLabel(label)
                .type(String.class)
                .arity("1")
                .description(description)
                .build();
    }

    /** An option that may be given several times. */
    public static OptionSpec options(String name, String label, String description) {
        return options(List.of(name), label, description);
    }

    /** An option that may be given several times and has several names, the shortest first. */
    public static OptionSpec options(List<String> names, String label, String description) {
        return OptionSpec.builder(names.toArray(String[]::new))
                .paramLabel(label)
                .type(String[].class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description(description)
                .build();
    }

    /** A switch. */
    public static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    /**
     * An argument without a name.
     *
     * @param arity how many, such as {@code 0..1}
     */
    public static PositionalParamSpec argument(String label, String arity, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .hideParamSyntax(true)
                .arity(arity)
                // Told by the arity alone, picocli would call the command without it.
                .required(!arity.startsWith("0"))
                .type(arity.endsWith("*") ? String[].class : String.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    /**
     * Gives a command its help.
     *
     * @param synopsis the command with its options and arguments
     * @param examples lines to type as they are
     */
    public static CommandSpec help(CommandSpec spec, String synopsis, String description, String... examples) {
        String[] footer = new String[examples.length];
        for (int i = 0; i < examples.length; i++) {
            footer[i] = "  " + examples[i];
        }
        spec.usageMessage()
                .customSynopsis(synopsis)
                .descriptionHeading("%n")
                .description(description)
                .parameterListHeading("%nArguments:%n")
                .sortOptions(false)
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .footerHeading("%nExamples:%n")
                .footer(footer);
        return spec;
    }
}
