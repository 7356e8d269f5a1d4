package dev.patchbay.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.daemon.TestDaemon;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** How the page behaves under somebody's hands: keys, scrolling, half-written texts, screen readers (scenarios P). */
final class PageHabitsTest extends PageTest {

    private static final String CONTROLS = "return [...document.querySelectorAll("
            + "'a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex=\"0\"]')]"
            + ".filter(e => e.checkVisibility() && !e.disabled)";

    private Path home;

    @Override
    TestDaemon startDaemon(Path folder, FakeProvider fake) {
        home = folder;
        return super.startDaemon(folder, fake);
    }

    @Test
    void everyControlIsReachedInOrderByTabWithAFocusThatIsSeen() {
        logIn();
        String id = daemon().launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        // What happens in a session swaps parts of the page.
        open("/sessions/" + id);
        browser().awaitText("#state .state", "completed");
        for (String path : List.of("/sessions", "/sessions/" + id, "/launch", "/providers", "/usage")) {
            open(path);
            browser().until("the page of " + path, () -> !browser().all("main").isEmpty());
            List<?> controls = (List<?>) browser().script(CONTROLS);
            browser().script("document.activeElement.blur(); scrollTo(0, 0)");
            for (Object control : controls) {
                browser().driver().switchTo().activeElement().sendKeys(Keys.TAB);
                WebElement focused = browser().driver().switchTo().activeElement();
                assertThat(focused)
                        .as(path + " " + ((WebElement) control).getAttribute("outerHTML"))
                        .isEqualTo(control);
                assertThat(browser()
                                .script(
                                        "const s = getComputedStyle(arguments[0]);"
                                                + " return s.outlineStyle !== 'none' || s.boxShadow !== 'none'",
                                        focused))
                        .as("the focus on " + focused.getAttribute("outerHTML") + " is seen")
                        .isEqualTo(true);
            }
        }
        assertNoProblems();
    }

    @Test
    void theKeyboardAloneInterruptsNamesAndContinuesASession() {
        fake().answer(Answer.text("One ", "two").holdBefore("two", Gate.closed()));
        logIn();
        String id = daemon().launch("{\"query\":\"Count\",\"provider\":\"ok\"}");
        open("/sessions/" + id);
        browser().awaitText("#stream", "One");
        browser().leave(() -> browser().type("#interrupt button", Keys.ENTER));
        browser().awaitText("#state", "interrupted");

        browser().type("aside > details > summary", Keys.ENTER);
        browser().leave(() -> browser().retype("#title", "Counted", Keys.ENTER));
        browser().awaitText("h1", "Counted");

        fake().answer(Answer.text("Three"));
        browser().type("#query", "Go on", Keys.chord(Keys.SHIFT, Keys.ENTER), "please", Keys.ENTER);
        browser().awaitText("#conversation", "Three");
        assertThat(daemon().get("/sessions/" + sessionOnPage())
                        .data()
                        .path("query")
                        .asText())
                .isEqualTo("Go on\nplease");
        assertNoProblems();
    }

    @Test
    void whoeverPressesEnterTwiceSendsOnce() {
        logIn();
        String id = daemon().launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        open("/sessions/" + id);
        browser().awaitText("#state", "completed");
        sendTwice("#query", "Once");
        open("/launch?provider=ok");
        sendTwice("#query", "Once more");
        assertThat(fake().requests())
                .filteredOn(request -> request.path().endsWith("/chat/completions"))
                .hasSize(3);
        assertThat(daemon().get("/sessions?leaves_only=false").data()).hasSize(3);
    }

    private void sendTwice(String css, String text) {
        browser().leave(() -> {
            browser().find(css).sendKeys(text);
            browser()
                    .script(
                            "for (let i = 0; i < 2; i++) { document.querySelector(arguments[0]).dispatchEvent(new"
                                    + " KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true})) }",
                            css);
        });
        browser().awaitText("#state", "completed");
    }

    private String sessionOnPage() {
        return browser().path().replaceFirst("/sessions/([^?]+).*", "$1");
    }

    /** P09. */
    @Test
    void whoReadsAboveStaysThereWhileTheAnswerGoesOn() {
        Gate more = Gate.closed();
        Gate end = Gate.closed();
        String lines = String.join("", Collections.nCopies(40, "a line\n\n"));
        Gate last = Gate.closed();
        fake().answer(Answer.text(lines, "MORE" + lines, "END" + lines, "the last word")
                .holdBefore("MORE", more)
                .holdBefore("END", end)
                .holdBefore("the last", last));
        logIn();
        String id = daemon().launch("{\"query\":\"Write\",\"provider\":\"ok\"}");
        open("/sessions/" + id);
        browser().awaitText("#stream", "a line");
        browser()
                .script("scrollTo(0, 300); const r = document.createRange();"
                        + " r.selectNodeContents(document.querySelector('#conversation'));"
                        + " getSelection().removeAllRanges(); getSelection().addRange(r)");
        browser().until("the page has seen it", () -> number("return scrollY") == 300);
        String selected = String.valueOf(browser().script("return getSelection().toString()"));

        more.open();
        awaitStreamed("MORE");
        assertThat(number("return scrollY")).isEqualTo(300);
        assertThat(browser().script("return getSelection().toString()")).isEqualTo(selected);

        browser().script("scrollTo(0, document.documentElement.scrollHeight)");
        end.open();
        awaitStreamed("END");
        browser()
                .until(
                        "the end is followed",
                        () -> number("return document.documentElement.scrollHeight - innerHeight - scrollY") < 41);
        last.open();
        browser().awaitText("#state", "completed");
        assertNoProblems();
    }

    private void awaitStreamed(String text) {
        browser()
                .until(
                        text + " is there",
                        () -> Boolean.TRUE.equals(browser()
                                .script(
                                        "return document.querySelector('#stream').textContent.includes(arguments[0])",
                                        text)));
    }

    private long number(String script) {
        return Math.round(((Number) browser().script(script)).doubleValue());
    }

    /** P10. */
    @Test
    void enterThatEndsAWordOfJapaneseSendsNothing() {
        logIn();
        String id = daemon().launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        open("/sessions/" + id);
        browser().awaitText("#state", "completed");
        browser().find("#query").click();
        cdp("Input.imeSetComposition", Map.of("text", "にほん", "selectionStart", 3, "selectionEnd", 3));
        cdp("Input.dispatchKeyEvent", Map.of("type", "rawKeyDown", "key", "Process", "windowsVirtualKeyCode", 229));
        browser()
                .script("document.querySelector('#query').dispatchEvent(new KeyboardEvent('keydown',"
                        + " {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))");
        cdp("Input.insertText", Map.of("text", "日本"));
        assertThat(browser().find("#query").getAttribute("value")).isEqualTo("日本");
        assertThat(fake().requests()).hasSize(1);

        browser().type("#query", Keys.ENTER);
        browser().until("sent", () -> fake().requests().size() == 2);
        assertThat(fake().requests().get(1).text()).contains("日本");
    }

    private void cdp(String command, Map<String, Object> values) {
        browser().driver().executeCdpCommand(command, values);
    }

    /** P12 and P13. */
    @Test
    void aHalfWrittenTextBelongsToItsSessionAndAReaderIsToldOnce() {
        logIn();
        String first = daemon().launch("{\"query\":\"First\",\"provider\":\"ok\"}");
        String second = daemon().launch("{\"query\":\"Second\",\"provider\":\"ok\"}");
        open("/sessions/" + first);
        browser().awaitText("#state", "completed");
        browser().type("#query", "half written");
        open("/sessions/" + second);
        browser().awaitText("#state", "completed");
        assertThat(browser().find("#query").getAttribute("value")).isEmpty();
        open("/sessions/" + first);
        assertThat(browser().find("#query").getAttribute("value")).isEqualTo("half written");

        Gate gate = Gate.closed();
        String[] words = Collections.nCopies(200, "word ").toArray(String[]::new);
        fake().answer(Answer.text(words).holdBefore("word", gate));
        browser().type("#query", Keys.ENTER);
        browser().until("its own page", () -> !browser().path().startsWith("/sessions/" + first));
        browser()
                .script("window.told = 0; new MutationObserver(all => { window.told += all.length;"
                        + " }).observe(document.querySelector('#announcement'), {childList: true, characterData:"
                        + " true, subtree: true})");
        assertThat(browser().all("[aria-live],[role=log]")).isEmpty();
        gate.open();
        browser().awaitText("#state", "completed");
        browser().until("told", () -> number("return window.told") > 0);
        assertThat(number("return window.told")).isLessThanOrEqualTo(3);
        open("/sessions/" + first);
        assertThat(browser().find("#query").getAttribute("value")).isEmpty();
        assertNoProblems();
    }

    /** P13 where there is no room for the draft: the text is in the box, and is sent all the same. */
    @Test
    void aTextThatTheBrowserHasNoRoomForIsSentAllTheSame() {
        logIn();
        String id = daemon().launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        open("/sessions/" + id);
        browser().awaitText("#state", "completed");
        browser()
                .script("for (let size = 1 << 22; size > 0; size >>= 1) { try { localStorage.setItem('full ' + size,"
                        + " 'x'.repeat(size)) } catch { } }");
        browser().type("#query", "a question that finds no room any more");
        assertNoProblems();
        browser().leave(() -> browser().click("form.continue button"));
        browser().awaitText("#state", "completed");
        assertThat(fake().requests().get(1).text()).contains("a question that finds no room any more");
        browser().script("localStorage.clear()");
        assertNoProblems();
    }

    /** P14. */
    @Test
    void aProviderThatIsNotDefinedAnyMoreStaysTheSessionsOwn() throws Exception {
        logIn();
        String id = daemon().launch("{\"query\":\"Hi\",\"provider\":\"other\",\"model\":\"m2\"}");
        open("/sessions/" + id);
        browser().awaitText("#state", "completed");
        Files.writeString(
                home.resolve("providers/p.yaml"),
                "providers:\n  ok: {auth: none, baseUrl: \"" + fake().baseUrl("/v1") + "\", defaultModel: m}\n");
        browser().until("the page says so", () -> {
            open("/sessions/" + id);
            return browser().text("#state").contains("other (not defined)");
        });
        browser().click("aside > details > summary");
        browser().leave(() -> browser().retype("#title", "Renamed", Keys.ENTER));
        browser().awaitText("h1", "Renamed");
        assertThat(daemon().get("/sessions/" + id).data().path("provider").asText())
                .isEqualTo("other");
        assertThat(browser().text("#provider option")).contains("other");
    }

    /** P06. */
    @Test
    void anAttemptThatFailedIsSaidAndEachFailureEndsTheSignOfWork() {
        fake().answer(Answer.error(503, "overloaded", "All lines are busy.").header("Retry-After", "20"));
        logIn();
        String id = daemon().launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        open("/sessions/" + id);
        browser().awaitText("#state", "All lines are busy.");
        assertThat(browser().text("#state"))
                .containsPattern("Attempt \\d follows 20")
                .contains("running");
        browser().leave(() -> browser().click("#interrupt button"));
        browser().awaitText("#state", "interrupted");
        assertThat(browser().text("#state")).doesNotContain("Attempt");

        for (Answer failing : List.of(
                Answer.error(400, "invalid_request_error", "Broken."),
                Answer.text("a ", "b ", "c ").cutAfter(2))) {
            fake().answer(failing);
            String failed = daemon().launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
            open("/sessions/" + failed);
            browser().awaitText("#state .state", "failed");
            browser().until("no sign of work", () -> !browser().isSeen(".working"));
            assertThat(browser().text("#state .failure .words")).isNotBlank();
        }
    }

    /** P03 and P04: what a page weighs does not grow with what there is. */
    @Test
    void aLongConversationWithALongPieceIsASmallPage() {
        fake().answer(Answer.text("x".repeat(2_000_000)));
        logIn();
        String id = daemon().launch("{\"query\":\"Long\",\"provider\":\"ok\"}");
        open("/sessions/" + id);
        browser().awaitText("#state", "completed");
        open("/sessions/" + id);
        assertThat(number("return performance.getEntriesByType('navigation')[0].decodedBodySize"))
                .isLessThan(300_000);
        assertThat(number("return document.querySelectorAll('*').length")).isLessThan(3_000);
        open("/sessions");
        assertThat(number("return performance.getEntriesByType('navigation')[0].decodedBodySize"
                        + " + performance.getEntriesByType('resource').reduce((n, r) => n + r.decodedBodySize, 0)"))
                .isLessThan(400_000);
    }
}
