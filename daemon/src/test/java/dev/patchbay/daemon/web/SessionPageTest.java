package dev.patchbay.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Gate;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Sessions in a real browser: the list, one session while it runs, and what can be done with it. */
final class SessionPageTest extends PageTest {

    @Test
    void showsTheAnswerWhileItIsWrittenAndThenItsCost() {
        Gate gate = Gate.closed();
        fake().answer(Answer.text("Hello ", "there, ", "**friend**.").holdBefore("there", gate));
        logIn();
        open("/sessions");
        browser().awaitText("#sessions", "No sessions yet");
        String id = daemon().launch("{\"query\":\"Greet me\",\"provider\":\"ok\"}");
        browser().awaitText("#sessions", "Greet me");
        browser().awaitText("#sessions .state", "running");

        browser().click("#sessions .main-link");
        browser().until("the session's page", () -> browser().path().equals("/sessions/" + id));
        assertThat(browser().isSeen("#interrupt button")).isTrue();
        assertThat(browser().isSeen("form.continue")).isFalse();
        assertThat(browser().isSeen(".working-line")).isTrue();
        gate.open();
        browser().awaitText("#conversation .assistant", "friend");
        browser().awaitText("#state", "completed");
        assertThat(browser().text("#conversation .assistant strong")).isEqualTo("friend");
        assertThat(browser().isSeen(".working-line")).isFalse();
        assertThat(browser().text("#state"))
                .contains("ok", fake().baseUrl("/v1").toString(), "m");
        assertThat(browser().find("#announcement").getAttribute("textContent")).isEqualTo("The answer is complete.");
        assertThat(browser().axe()).isEmpty();
        assertNoProblems();
    }

    @Test
    void showsWhatItsProviderIsNotTold() {
        String id = daemon().post(
                        "/sessions", "{\"query\":\"Hi\",\"provider\":\"ok\",\"options\":{\"effort\":\"high\"}}")
                .data()
                .path("session_id")
                .asText();
        logIn();
        browser().open(page("/sessions/" + id));
        browser().awaitText("#state", "left out of the request to ok: effort");
    }

    @Test
    void interruptsAndContinuesOnAnotherProvider() {
        fake().answer(Answer.text("One ", "two ", "three").holdBefore("two", Gate.closed()));
        logIn();
        String id = daemon().launch("{\"query\":\"Count\",\"provider\":\"ok\",\"title\":\"Counting\"}");
        open("/sessions/" + id);
        browser().awaitText("#stream", "One");
        browser().leave(() -> browser().click("#interrupt button"));
        browser().awaitText("#state", "interrupted");
        browser().awaitText("#conversation", "One");
        browser().awaitText("#conversation", "broke off");

        fake().answer(Answer.text("Four"));
        browser().click("#provider option[value=other]");
        browser().type("#query", "Go on", Keys.ENTER);
        browser()
                .until(
                        "a session of its own",
                        () -> browser().path().startsWith("/sessions/")
                                && !browser().path().startsWith("/sessions/" + id));
        browser().awaitText("#conversation", "Four");
        browser().awaitText("#state", "completed");
        assertThat(browser().text("#state")).contains("other");
        assertThat(browser().text("#conversation")).contains("Count", "One", "Go on");
        assertThat(browser().path()).doesNotContain("sent");
        assertNoProblems();
    }

    @Test
    void showsWhyASessionFailedInTheProvidersOwnWords() {
        fake().answer(Answer.error(401, "authentication_error", "This key was revoked on Monday."));
        logIn();
        String id = daemon().launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        open("/sessions/" + id);
        browser().awaitText("#state .failure", "This key was revoked on Monday.");
        assertThat(browser().text("#state .failure")).contains("ok failed with 401");
        assertThat(browser().text("#state .failure .hint")).isNotBlank();
        assertThat(browser().isSeen(".working")).isFalse();
        open("/sessions");
        assertThat(browser().text("#sessions .why")).contains("revoked on Monday");
        assertThat(browser().axe()).isEmpty();
        assertNoProblems();
    }

    @Test
    void titleArchiveSearchAndForgettingWorkFromThePage() {
        logIn();
        String id = daemon().launch("{\"query\":\"What is a patch bay?\",\"provider\":\"ok\"}");
        open("/sessions/" + id);
        browser().awaitText("#state", "completed");
        browser().click("aside > details > summary");
        browser().retype("#title", "Patch bays");
        browser().leave(() -> browser().click("form[action$=title] button"));
        browser().awaitText("h1", "Patch bays");

        open("/sessions");
        browser().leave(() -> browser().type("#q", "fake provider", Keys.ENTER));
        browser().awaitText("#sessions", "Patch bays");
        browser().leave(() -> browser().retype("#q", "nowhere", Keys.ENTER));
        browser().awaitText("#sessions", "Nothing was found for “nowhere”");

        open("/sessions/" + id);
        browser().click("aside > details > summary");
        browser().leave(() -> browser().click("form[action$=archive] button"));
        browser().awaitText(".trail", "archived");
        open("/sessions");
        assertThat(browser().text("#sessions")).doesNotContain("Patch bays");
        open("/sessions?filter=archived");
        browser().awaitText("#sessions", "Patch bays");

        browser().click("#sessions .main-link");
        browser().click("aside > details > summary");
        browser().click("details.danger summary");
        browser().leave(() -> browser().click("form[action$=forget] button"));
        browser().until("the list", () -> browser().path().equals("/sessions"));
        assertThat(daemon().get("/sessions/" + id).status()).isEqualTo(404);
        assertNoProblems();
    }

    @Test
    void readsAndSendsWithoutScripts() {
        browser().scripts(false);
        logInWithoutScripts();
        String id = daemon().launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        browser().until("the answer", () -> {
            open("/sessions/" + id);
            return browser().text("#conversation").contains("Hello from the fake provider");
        });
        browser().type("#query", "And now?");
        browser().click("form.continue button");
        browser()
                .until(
                        "a session of its own",
                        () -> browser().path().startsWith("/sessions/")
                                && !browser().path().startsWith("/sessions/" + id));
        browser().until("the second answer", () -> {
            browser().driver().navigate().refresh();
            return browser().all("#conversation .assistant").size() == 2;
        });
        assertThat(browser().text("#conversation")).contains("And now?");
    }
}
