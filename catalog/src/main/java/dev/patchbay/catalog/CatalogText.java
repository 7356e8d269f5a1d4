package dev.patchbay.catalog;

import dev.patchbay.catalog.CatalogModel.Ability;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue as text, a fifth of the source's size and a line a model, so that a new edition shows in a diff what changed.
 *
 * <p>Fields are separated by tabs, and empty where nothing is known. The first line has the revision and the date; a line that begins with a tab a
 * provider: id, name, dialect, base URL, key variables, documentation; each line below it one of its models: id, name where it is
 * another than the id, context, most input, most output, abilities by their letters, prices of input, output, cache read and
 * cache write.
 */
public final class CatalogText {

    private static final int PROVIDER_FIELDS = 6;
    private static final int MODEL_FIELDS = 10;

    private CatalogText() {}

    /** The text of a catalogue. */
    public static String write(Catalog catalog) {
        StringBuilder text = new StringBuilder(1 << 19);
        text.append(catalog.revision()).append('\t').append(catalog.date()).append('\n');
        for (CatalogProvider provider : catalog.providers().values()) {
            line(
                    text.append('\t'),
                    provider.id(),
                    provider.name(),
                    provider.dialect().orElse(""),
                    provider.baseUrl().map(URI::toString).orElse(""),
                    String.join(",", provider.keyVariables()),
                    provider.documentation());
            for (CatalogModel model : provider.models().values()) {
                line(
                        text,
                        model.id(),
                        model.name().equals(model.id()) ? "" : model.name(),
                        number(model.context()),
                        number(model.maxInput()),
                        number(model.maxOutput()),
                        letters(model.abilities()),
                        number(model.inputPrice()),
                        number(model.outputPrice()),
                        number(model.cacheReadPrice()),
                        number(model.cacheWritePrice()));
            }
        }
        return text.toString();
    }

    /**
     * The catalogue of a text.
     *
     * @throws CatalogException if it is none; the message names the line
     */
    public static Catalog read(String text) {
        String[] lines = text.split("\n", -1);
        String[] head = lines[0].split("\t", -1);
        if (head.length != 2) {
            throw new CatalogException("line 1: a revision and a date are expected");
        }
        Map<String, CatalogProvider> providers = new LinkedHashMap<>();
        String @Nullable [] provider = null;
        Map<String, CatalogModel> models = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i];
            if (line.isEmpty() && i == lines.length - 1) {
                break;
            }
            try {
                if (line.startsWith("\t")) {
                    add(providers, provider, models);
                    provider = fields(line.substring(1), PROVIDER_FIELDS);
                    models = new LinkedHashMap<>();
                } else if (provider == null) {
                    throw new CatalogException("a provider is expected");
                } else {
                    CatalogModel model = model(fields(line, MODEL_FIELDS));
                    models.put(model.id(), model);
                }
            } catch (CatalogException | IllegalArgumentException e) {
                throw new CatalogException("line " + (i + 1) + ": " + e.getMessage());
            }
        }
        add(providers, provider, models);
        try {
            return new Catalog(head[0], date(head[1]), providers);
        } catch (DateTimeException | NumberFormatException e) {
            throw new CatalogException("line 1: " + e.getMessage());
        }
    }

    /** Without the formats of java.time, which would be most of what is loaded to read a catalogue. */
    private static LocalDate date(String text) {
        String[] parts = text.split("-", -1);
        if (parts.length != 3 || text.length() != "2026-01-31".length()) {
            throw new DateTimeException(text + " is no date such as 2026-01-31");
        }
        return LocalDate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    private static void add(
            Map<String, CatalogProvider> providers, String @Nullable [] fields, Map<String, CatalogModel> models) {
        if (fields == null) {
            return;
        }
        providers.put(
                fields[0],
                new CatalogProvider(
                        fields[0],
                        fields[1],
                        text(fields[2]),
                        text(fields[3]).map(URI::create),
                        fields[4].isEmpty() ? List.of() : List.of(fields[4].split(",")),
                        fields[5],
                        models));
    }

    private static CatalogModel model(String[] fields) {
        return new CatalogModel(
                fields[0],
                fields[1].isEmpty() ? fields[0] : fields[1],
                tokens(fields[2]),
                tokens(fields[3]),
                tokens(fields[4]),
                abilities(fields[5]),
                price(fields[6]),
                price(fields[7]),
                price(fields[8]),
                price(fields[9]));
    }

    private static String[] fields(String line, int count) {
        String[] fields = line.split("\t", -1);
        if (fields.length != count) {
            throw new CatalogException(count + " fields are expected, there are " + fields.length);
        }
        return fields;
    }

    private static void line(StringBuilder text, String... fields) {
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].indexOf('\t') >= 0 || fields[i].indexOf('\n') >= 0) {
                throw new CatalogException("a tab or an end of line in '" + fields[i].strip() + "'");
            }
            text.append(i == 0 ? "" : "\t").append(fields[i]);
        }
        text.append('\n');
    }

    private static Optional<String> text(String field) {
        return field.isEmpty() ? Optional.empty() : Optional.of(field);
    }

    private static OptionalInt tokens(String field) {
        return field.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(field));
    }

    private static Optional<BigDecimal> price(String field) {
        return field.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(field));
    }

    private static String number(OptionalInt tokens) {
        return tokens.isPresent() ? Integer.toString(tokens.getAsInt()) : "";
    }

    private static String number(Optional<BigDecimal> price) {
        return price.map(usd -> usd.stripTrailingZeros().toPlainString()).orElse("");
    }

    private static String letters(Set<Ability> abilities) {
        StringBuilder letters = new StringBuilder();
        for (Ability ability : Ability.values()) {
            if (abilities.contains(ability)) {
                letters.append(ability.letter());
            }
        }
        return letters.toString();
    }

    private static Set<Ability> abilities(String letters) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        for (Ability ability : Ability.values()) {
            if (letters.indexOf(ability.letter()) >= 0) {
                abilities.add(ability);
            }
        }
        if (abilities.size() != letters.length()) {
            throw new CatalogException("unknown abilities '" + letters + "'");
        }
        return Set.copyOf(abilities);
    }
}
