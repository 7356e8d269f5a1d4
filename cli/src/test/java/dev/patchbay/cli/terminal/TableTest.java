package dev.patchbay.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Columns for people, lines for programs. */
final class TableTest {

    private static final String LONG = "m".repeat(1_000);

    private final Table table = new Table("ID", "MODEL", "FROM");

    @Test
    void aVeryLongCellWidensNoLineOfAPipeButItsOwnAndIsWhole() {
        table.row("one", "short", "a.yaml");
        table.row("two", LONG, "b.yaml");
        assertThat(table.render()).isEqualTo("ID   MODEL  FROM\none  short  a.yaml\ntwo  " + LONG + "  b.yaml\n");
    }

    @Test
    void onATerminalEachLineFits() {
        table.row("one", "short", "a.yaml");
        table.row("two", LONG, "b.yaml");
        assertThat(table.lines(40)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(41));
        assertThat(table.render(40)).contains("mmm…  b.yaml\n");
    }

    @Test
    void aCellOfAUsualLengthIsInColumnWithTheOthers() {
        String url = "https://" + "u".repeat(60);
        table.row("one", url, "a.yaml");
        assertThat(table.render()).startsWith("ID   MODEL" + " ".repeat(url.length() - 5) + "  FROM\n");
    }
}
