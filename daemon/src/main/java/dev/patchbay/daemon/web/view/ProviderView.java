package dev.patchbay.daemon.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One provider.
 *
 * @param place where it is defined
 * @param values what it is made of
 * @param problems as {@code patchbay providers validate} prints them
 * @param yaml what to paste into a file to change it
 * @param file where
 * @param test the one that runs or ran last, null for none
 */
public record ProviderView(
        ProviderLine line,
        String place,
        List<Row> values,
        List<String> problems,
        String yaml,
        String file,
        @Nullable TestView test) {

    /**
     * A value and where it comes from.
     *
     * @param origin file and line, empty for a default
     * @param overrode what other definitions say
     */
    public record Row(String name, String value, String origin, List<String> overrode, String note, String meaning) {}
}
