package dev.patchbay.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.daemon.TestDaemon;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The form of a launch in a real browser. */
final class LaunchPageTest extends PageTest {

    private static final String CANARY = "sk-canary-0123456789";

    private Path home;

    @Override
    TestDaemon startDaemon(Path folder, FakeProvider fake) {
        home = folder;
        try {
            Files.createDirectories(home.resolve("providers"));
            Files.writeString(home.resolve("providers/more.yaml"), """
                providers:
                  priced:
                    auth: none
                    baseUrl: "%s"
                    defaultModel: large
                    models:
                      large: {context: 131072, price: {input: 0.59, output: 0.79}}
                      small: {context: 8192}
                  keyless: {baseUrl: "https://api.example.com/v1", apiKey: "${NO_SUCH_KEY}", defaultModel: m}
                """.formatted(fake.baseUrl("/v1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TestDaemon.start(home, fake);
    }

    @Test
    void offersEveryProviderWithItsStateAndTheModelsOfTheChosenOne() {
        logIn();
        open("/launch");
        assertThat(browser()
                        .script("return [...document.querySelectorAll('#provider optgroup:first-child"
                                + " option')].map(o => o.value).join()"))
                .isEqualTo("anthropic,openrouter,baseten");
        assertThat(browser().text("#provider option[value=keyless]")).isEqualTo("keyless · m (unavailable)");
        assertThat(browser().find("#provider option[value=keyless]").isEnabled())
                .isFalse();
        assertThat(browser().text("#provider option[value=ok]")).isEqualTo("ok · m");

        browser().click("#provider option[value=priced]");
        browser().awaitText("#models summary", "2 models of priced");
        browser().click("#models summary");
        browser().awaitText("#models table", "large");
        assertThat(browser().text("#models table")).contains("131", "$0.59", "$0.79", "small", "8");
        assertThat(browser().axe()).isEmpty();
        assertNoProblems();
    }

    @Test
    void launchesWithAFileInstructionsAndALimit() throws Exception {
        Path file = Files.writeString(home.resolve("notes.txt"), "what stands in the file");
        logIn();
        open("/launch");
        browser().type("#query", "Read it");
        browser().click("#provider option[value=priced]");
        browser().type("#model", "small");
        browser().click("form.launch details:has(#files) summary");
        browser().type("#files", file.toString());
        browser().type("#system", "Be brief");
        browser().type("#title", "From a file");
        browser().type("#max", "77");
        browser().leave(() -> browser().click("form.launch .buttons button:not(.secondary)"));
        browser().awaitText("#conversation", FakeProvider.DEFAULT_TEXT);
        assertThat(browser().text("h1")).isEqualTo("From a file");
        assertThat(questions()).hasSize(1);
        assertThat(questions().get(0).text())
                .contains("what stands in the file", "notes.txt", "Read it", "Be brief", "77", "\"small\"");
        open("/launch");
        assertThat(browser().find("#query").getAttribute("value")).isEmpty();
        assertNoProblems();
    }

    @Test
    void showsTheRequestBeforeItIsSentAndGoesToAnotherAddressWithItsKey() {
        logIn();
        open("/launch");
        browser().type("#query", "Where to?");
        browser().click("#provider option[value=ok]");
        browser().click("form.launch details:has(#base) summary");
        browser().type("#base", fake().baseUrl("/v1").toString());
        browser().type("#override", "mine");
        browser().type("#key", CANARY);
        browser().click("form.launch .buttons button.secondary");
        browser().awaitText("#request", "curl");
        assertThat(browser().text("#request"))
                .contains(fake().baseUrl("/v1") + "/chat/completions", "Where to?", "mine")
                .doesNotContain("canary");
        assertThat(questions()).isEmpty();

        browser().leave(() -> browser().click("form.launch .buttons button:not(.secondary)"));
        browser().awaitText("#conversation", FakeProvider.DEFAULT_TEXT);
        assertThat(questions()).hasSize(1);
        assertThat(questions().get(0).header("authorization")).hasValue("Bearer " + CANARY);
        assertThat(questions().get(0).text()).contains("\"mine\"");
        assertThat(browser().driver().getPageSource()).doesNotContain("canary");
        assertNoProblems();
    }

    @Test
    void whatIsMissingIsSaidAndTheTextStays() {
        logIn();
        open("/launch");
        browser().type("#query", "Still here");
        browser().click("#provider option[value=anthropic]");
        browser().click("form.launch .buttons button:not(.secondary)");
        browser().awaitText("#launch-problem", "ANTHROPIC_API_KEY");
        assertThat(browser().find("#query").getAttribute("value")).isEqualTo("Still here");
        assertThat(questions()).isEmpty();
        assertThat(browser().problems()).singleElement().asString().contains("422");
    }

    @Test
    void worksWithoutScripts() {
        browser().scripts(false);
        logInWithoutScripts();
        open("/launch");
        browser().type("#query", "Plain");
        browser().click("#provider option[value=priced]");
        browser().click("noscript button");
        browser().until("the form again", () -> browser().path().equals("/launch/models"));
        assertThat(browser().find("#query").getAttribute("value")).isEqualTo("Plain");
        browser().click("form.launch .buttons button.secondary");
        browser().awaitText("#request", "curl");
        assertThat(browser().find("#query").getAttribute("value")).isEqualTo("Plain");
        assertThat(questions()).isEmpty();
        browser().click("form.launch .buttons button:not(.secondary)");
        browser().until("the session's page", () -> browser().path().startsWith("/sessions/"));
        browser().until("it is asked", () -> questions().size() == 1);
        assertThat(questions().get(0).text()).contains("Plain", "\"large\"");
    }

    /** Apart from which models there are. */
    private List<RecordedRequest> questions() {
        return fake().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .toList();
    }
}
