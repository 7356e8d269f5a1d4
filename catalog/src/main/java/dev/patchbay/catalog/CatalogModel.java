package dev.patchbay.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A model as a provider offers it. What the source does not say is unknown, never made up.
 *
 * @param id the name on the wire, byte for byte
 * @param name for people
 * @param context most tokens of input and output together
 * @param maxInput most tokens of input, where that is less than {@code context}
 * @param maxOutput most tokens of output
 * @param abilities what it can do
 * @param inputPrice USD for a million tokens that go in; of several steps the first
 * @param outputPrice USD for a million tokens that come out
 * @param cacheReadPrice USD for a million tokens read from a cache
 * @param cacheWritePrice USD for a million tokens written to a cache
 */
public record CatalogModel(
        String id,
        String name,
        OptionalInt context,
        OptionalInt maxInput,
        OptionalInt maxOutput,
        Set<Ability> abilities,
        Optional<BigDecimal> inputPrice,
        Optional<BigDecimal> outputPrice,
        Optional<BigDecimal> cacheReadPrice,
        Optional<BigDecimal> cacheWritePrice) {

    /** What a model can do; more can come. */
    public enum Ability {
        /** Calls tools. */
        TOOLS('t'),
        /** Reads images. */
        IMAGES('i'),
        /** Reads PDF documents. */
        PDF('p'),
        /** Thinks before it answers. */
        REASONING('r'),
        /** Keeps to a JSON schema. */
        STRUCTURED_OUTPUT('s'),
        /** Answers with text; what does not makes pictures, sound or vectors. */
        TEXT('x'),
        /** The provider has announced its end. */
        DEPRECATED('d');

        private final char letter;

        Ability(char letter) {
            this.letter = letter;
        }

        char letter() {
            return letter;
        }
    }

    /** {@code text}, {@code image}, {@code pdf}: the words of provider files for what it reads. */
    public List<String> input() {
        return List.of(Ability.TEXT, Ability.IMAGES, Ability.PDF).stream()
                .filter(ability -> ability == Ability.TEXT || abilities.contains(ability))
                .map(ability -> ability == Ability.TEXT ? "text" : ability == Ability.IMAGES ? "image" : "pdf")
                .toList();
    }
}
