package dev.patchbay.cli.models;

import dev.patchbay.catalog.Catalog;
import dev.patchbay.catalog.CatalogException;
import dev.patchbay.catalog.CatalogText;
import dev.patchbay.catalog.ModelsDevReader;
import dev.patchbay.cli.command.Command;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Installation;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.command.Specs;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.providers.ProviderLookup;
import dev.patchbay.cli.providers.UserFiles;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.http.Proxies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Takes limits, prices and names of a newer edition of the catalogue; never an address, a key's variable, a dialect or a preset. */
public final class UpdateModelsCommand implements Command {

    private static final String SHA256 = "--sha256";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("update");
        spec.addPositional(Specs.argument(
                "FILE|URL",
                "0..1",
                "The new edition: models.dev as one JSON document. An address is asked once, now."));
        spec.addOption(Specs.option(SHA256, "HEX", "The SHA-256 sum that the file must have."));
        return Specs.help(
                spec,
                "patchbay models update --sha256 HEX FILE|URL",
                "Take limits, prices and names of models from a newer edition of the catalogue. Addresses, variables of keys,"
                        + " dialects and presets stay those of the program. Remove models.tsv in Patchbay's folder to undo it.",
                "patchbay models update m.json --sha256 \"$(sha256sum m.json | cut -c1-64)\"",
                "patchbay models update https://example.com/models.json --sha256 9f86…");
    }

    @Override
    public int run(Invocation invocation) {
        List<String> arguments = invocation.arguments();
        if (arguments.isEmpty()) {
            throw new UsageException("FILE or URL is missing");
        }
        String sum = invocation
                .value(SHA256)
                .orElseThrow(() -> new UsageException(SHA256 + " is missing: it says which edition is meant"));
        String source = arguments.get(0);
        try {
            byte[] bytes = new CatalogSource(source, Proxies.of(invocation.environment())).read();
            require(bytes, sum);
            Catalog merged =
                    Catalog.bundled().withFactsOf(ModelsDevReader.read(new String(bytes, StandardCharsets.UTF_8)));
            Path target = Installation.newerCatalog(invocation);
            UserFiles.replace(target, CatalogText.write(merged));
            invocation
                    .terminal()
                    .out()
                    .println("limits, prices and names are those of models.dev of " + merged.date() + " (" + target
                            + ")");
            return ExitCode.OK;
        } catch (IOException | CatalogException e) {
            throw ProviderLookup.problem(
                    Code.UNREADABLE_FILE, source + " cannot be used: " + e.getMessage(), "nothing was changed");
        }
    }

    private static void require(byte[] bytes, String sum) throws IOException {
        try {
            String actual = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            if (!actual.equals(sum.strip().toLowerCase(Locale.ROOT))) {
                throw new IOException("its SHA-256 sum is " + actual + ", and another one was named");
            }
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
