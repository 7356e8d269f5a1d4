package dev.patchbay.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void leavesTextOfEveryLanguageAlone() {
        for (String text :
                new String[] {"", "groq.jar", "Überraschung", "漢字", "\ud83d\ude42", "می\u200cخواهم", "👩\u200d💻"}) {
            assertThat(Printable.line(text)).isSameAs(text);
            assertThat(Printable.text(text)).isSameAs(text);
            assertThat(Printable.aligned(text)).isSameAs(text);
        }
    }

    @Test
    void writesOutWhatATerminalWouldObey() {
        assertThat(Printable.line("a\u001b]0;x\u0007b\u009bc\u007fd"))
                .isEqualTo("a\\u001b]0;x\\u0007b\\u009bc\\u007fd");
        assertThat(Printable.line("one\ntwo\tthree\r")).isEqualTo("one\\u000atwo\\u0009three\\u000d");
        assertThat(Printable.text("one\ntwo\tthree\r")).isEqualTo("one\ntwo\tthree\\u000d");
    }

    @Test
    void writesOutWhatChangesTheOrderOfTextOrCannotBeSeen() {
        assertThat(Printable.line("a\u202egpj.raj\u2066\u200f\u061c"))
                .isEqualTo("a\\u202egpj.raj\\u2066\\u200f\\u061c");
        assertThat(Printable.line("\ufeffa\u200bb\u2028c")).isEqualTo("\\ufeffa\\u200bb\\u2028c");
        assertThat(Printable.line("x\udb40\udc41y")).isEqualTo("x\\udb40\\udc41y");
        assertThat(Printable.line("half \ud83d")).isEqualTo("half \\ud83d");
        assertThat(Printable.line("\ude42 half")).isEqualTo("\\ude42 half");
    }

    @Test
    void keepsColumnsWhereACaretStandsBelow() {
        assertThat(Printable.aligned("a\u001bb\u202ec\td")).isEqualTo("a\uFFFDb\uFFFDc\td");
    }
}
