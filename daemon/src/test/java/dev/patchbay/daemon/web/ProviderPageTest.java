package dev.patchbay.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.daemon.TestDaemon;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Providers in a real browser: what is wrong in their files, what they are made of, and their tests while they run. */
final class ProviderPageTest extends PageTest {

    @Override
    TestDaemon startDaemon(Path home, FakeProvider fake) {
        try {
            Files.createDirectories(home.resolve("providers"));
            Files.writeString(
                    home.resolve("providers/local.yaml"),
                    "providers:\n"
                            + "  local:\n"
                            + "    baseUrl: \"http://localhost:11434/v1\"\n"
                            + "    auth: none\n"
                            + "    defaultModle: qwen3\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TestDaemon.start(home, fake);
    }

    @Test
    void aFaultInAFileIsShownWithItsLineAndCaretAndEachValueWithItsOrigin() {
        logIn();
        open("/providers");
        assertThat(browser().text(".diagnostics"))
                .contains("local.yaml:5", "defaultModle: qwen3", "^^^", "defaultModel");
        browser().click(".providers a[href='/providers/ok']");
        browser().awaitText("h1", "ok");
        assertThat(browser().text("table.values"))
                .contains("baseUrl", fake().baseUrl("/v1").toString(), "p.yaml:2");
        assertThat(browser().axe()).isEmpty();
        assertNoProblems();
    }

    @Test
    void theStepsOfATestAreSeenAsTheyAreTaken() {
        Gate gate = Gate.closed();
        fake().answer("/chat/completions", Answer.text("Hello ", "there").holdBefore("Hello", gate));
        logIn();
        open("/providers/ok");
        browser().click("form[action$=test] button");
        browser().awaitText("#test .state.running", "running");
        assertThat(browser().text("#test")).doesNotContain("It works", "It does not work");
        gate.open();
        browser().until("the end of the test", () -> browser().isSeen("#test [role=status]"));
        assertThat(browser().isSeen("#test .state.running")).isFalse();
        assertThat(browser().all("#test .state.passed").size()).isGreaterThan(1);
        assertThat(browser().axe()).isEmpty();
        assertNoProblems();
    }

    @Test
    void aTestThatFailsSaysWhyInTheProvidersWords() {
        fake().answer(Answer.error(401, "authentication_error", "This key was revoked on Monday."));
        logIn();
        open("/providers/ok");
        browser().click("form[action$=test] button");
        browser().awaitText("#test", "It does not work as it stands.");
        assertThat(browser().text("#test .steps")).contains("revoked on Monday", "failed");
        assertNoProblems();
    }
}
