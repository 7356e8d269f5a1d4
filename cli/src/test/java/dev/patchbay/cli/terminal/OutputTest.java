package dev.patchbay.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void characterCutBetweenTwoPiecesArrivesWhole() {
        Output output = Output.needed(bytes, false);
        String smile = "\uD83D\uDE00";
        output.print("a" + smile.charAt(0));
        output.print(smile.charAt(1) + "b");
        assertThat(bytes.toString(UTF_8)).isEqualTo("a" + smile + "b");
    }

    @Test
    void terminalIsNotObeyedToByTheTextOfAProvider() {
        Output.needed(bytes, true).print("\u001b[2Jline\r\n\ttab\u009b0m\u0007");
        assertThat(bytes.toString(UTF_8)).isEqualTo("\uFFFD[2Jline\n\ttab\uFFFD0m\uFFFD");
    }

    @Test
    void filesAndPipesGetWhatWasAskedForAsItIs() {
        Output.needed(bytes, false).content("\u001b[1m\r\n");
        assertThat(bytes.toString(UTF_8)).isEqualTo("\u001b[1m\r\n");
    }

    @Test
    void terminalDoesNotObeyThatEither() {
        Output.needed(bytes, true).content("\u001b[1m\r\n");
        assertThat(bytes.toString(UTF_8)).isEqualTo("\uFFFD[1m\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lineIsOneLineWhateverStandsInIt(boolean terminal) {
        Output.needed(bytes, terminal).println("a\u001b\r\nexport B=1");
        assertThat(bytes.toString(UTF_8)).isEqualTo("a\\u001b\\u000d\\u000aexport B=1\n");
    }

    @Test
    void messageOfSomebodyElseIsShownInLinesThatNobodyTakesForOurs() {
        Output output = Output.needed(bytes, false);
        output.message("wrong:\r\n\tmodel\u001b\nhelp: send it\n\n");
        output.message("\n");
        assertThat(bytes.toString(UTF_8)).isEqualTo("wrong:\n      model\\u001b\n  help: send it\n\n");
    }

    @Test
    void textOfOursInAPipeHoldsNothingThatATerminalWouldObey() {
        Output.needed(bytes, false).lines("a\u001b\r\nb");
        assertThat(bytes.toString(UTF_8)).isEqualTo("a\uFFFD\nb\n");
    }

    @Test
    void readerThatIsGoneEndsWhatIsNeededAndNothingElse() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Output.optional(gone, false).println("progress");
        assertThatThrownBy(() -> Output.needed(gone, false).println("answer")).isInstanceOf(OutputException.class);
    }
}
