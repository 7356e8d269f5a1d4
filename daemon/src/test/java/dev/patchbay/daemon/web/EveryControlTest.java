package dev.patchbay.daemon.web;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.Gate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** P08: under the policy of the product, every button and every form of every page does what it is for. */
final class EveryControlTest extends PageTest {

    /** Every button and select that is on a page, by the form that it belongs to; the ids of sessions and providers left out. */
    private static final String CONTROLS = """
            const name = e => (e.getAttribute('formaction') ?? e.form?.getAttribute('action') ?? 'none')
                .replace(/\\/(sessions|providers)\\/[^/]+/, '/$1/ID') + ' ' + (e.id || e.textContent.trim());
            return [...document.querySelectorAll('button, select')].filter(e => !e.closest('noscript')).map(name)""";

    private final Set<String> found = new TreeSet<>();

    /** How each is used, and that it worked; the page that has it is open. */
    private final Map<String, Runnable> uses = Map.ofEntries(
            entry("/login Log in", this::logInByToken),
            entry("/logout Log out", this::logOut),
            entry("/sessions Search", this::search),
            entry("/sessions/ID/interrupt Interrupt", this::interrupt),
            entry("/sessions/ID/title Save the title", this::title),
            entry("/sessions/ID/archive Archive", this::archive),
            entry("/sessions/ID/archive Bring back from the archive", () -> {}),
            entry("/sessions/ID/forget Forget this session", this::forget),
            entry("/sessions/ID/continue provider", () -> {}),
            entry("/sessions/ID/continue Send", this::send),
            entry("none Copy", this::copy),
            entry("/launch provider", this::models),
            entry("/launch Launch", this::launch),
            entry("/launch/request Show the request", this::showRequest),
            entry("/providers/ID/test Test", this::test));

    @Test
    void everyButtonAndFormOfEveryPageIsUsed() {
        logIn();
        fake().answer(Answer.text("One ", "two").holdBefore("two", Gate.closed()));
        String running = daemon().launch("{\"query\":\"Count\",\"provider\":\"ok\"}");
        browser().until("the question", () -> !fake().requests().isEmpty());
        fake().answer(Answer.text("Some code:\n\n```sh\nls\n```\n"));
        String done = daemon().launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        String archived = daemon().launch("{\"query\":\"Old\",\"provider\":\"ok\"}");
        for (String id : List.of(done, archived)) {
            browser()
                    .until(
                            "an answer",
                            () -> daemon().get("/sessions/" + id)
                                    .data()
                                    .path("status")
                                    .asText()
                                    .equals("completed"));
        }
        daemon().patch("/sessions/" + archived, "{\"archived\":true}");
        daemon().post("/sessions", "{\"query\":\"Later\",\"provider\":\"ok\",\"draft\":true}");
        for (String path : List.of(
                "/sessions",
                "/sessions?filter=archived",
                "/sessions?filter=draft",
                "/sessions/" + running,
                "/sessions/" + done,
                "/sessions/" + archived,
                "/launch",
                "/launch?provider=ok",
                "/providers",
                "/providers/ok",
                "/usage",
                "/login")) {
            open(path);
            ((List<?>) browser().script(CONTROLS)).forEach(name -> found.add(String.valueOf(name)));
        }
        assertThat(found).as("each has its use in this test").isEqualTo(new TreeSet<>(uses.keySet()));
        uses.forEach((name, use) -> {
            if (!name.contains("log")) {
                use.run();
                assertThat(browser().problems()).as(name).isEmpty();
            }
        });
        logOut();
        logInByToken();
        assertNoProblems();
    }

    private String session() {
        String id = daemon().launch("{\"query\":\"Again\",\"provider\":\"ok\"}");
        open("/sessions/" + id);
        browser().awaitText("#state", "completed");
        return id;
    }

    private void search() {
        open("/sessions");
        browser().type("#q", "Count");
        browser().leave(() -> browser().click("form.tools button"));
        browser().awaitText("#sessions", "Count");
        assertThat(browser().all("#sessions li")).hasSize(1);
    }

    private void interrupt() {
        open("/sessions");
        browser()
                .leave(() -> browser().all("#sessions .main-link").stream()
                        .filter(link -> link.getText().equals("Count"))
                        .findFirst()
                        .orElseThrow()
                        .click());
        browser().leave(() -> browser().click("#interrupt button"));
        browser().awaitText("#state", "interrupted");
    }

    private void title() {
        session();
        browser().click("aside > details > summary");
        browser().retype("#title", "Renamed");
        browser().leave(() -> browser().click("form[action$=title] button"));
        browser().awaitText("h1", "Renamed");
    }

    private void archive() {
        session();
        for (String shown : List.of("archived", "")) {
            browser().click("aside > details > summary");
            browser().leave(() -> browser().click("form[action$=archive] button"));
            assertThat(browser().text(".trail").contains("archived")).isEqualTo(!shown.isEmpty());
        }
    }

    private void forget() {
        String id = session();
        browser().click("aside > details > summary");
        browser().click("details.danger summary");
        browser().leave(() -> browser().click("form[action$=forget] button"));
        assertThat(daemon().get("/sessions/" + id).status()).isEqualTo(404);
    }

    private void send() {
        String id = session();
        browser().click("#provider option[value=other]");
        browser().type("#query", "Go on");
        browser().leave(() -> browser().click("form.continue button"));
        browser().awaitText("#state", "completed");
        assertThat(browser().path()).isNotEqualTo("/sessions/" + id);
        assertThat(browser().text("#state")).contains("other");
    }

    private void copy() {
        session();
        browser()
                .driver()
                .executeCdpCommand(
                        "Browser.grantPermissions",
                        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        browser().click("#conversation button.copy");
        browser().awaitText("#conversation button.copy", "Copied");
    }

    private void models() {
        open("/launch");
        browser().click("#provider option[value=other]");
        browser()
                .until(
                        "the models of the other",
                        () -> String.valueOf(browser().find("#models").getAttribute("innerHTML"))
                                .contains("m2"));
    }

    private void launch() {
        open("/launch?provider=ok");
        browser().type("#query", "From the page");
        browser().leave(() -> browser().click(".buttons button:not(.secondary)"));
        browser().awaitText("#state", "completed");
    }

    private void showRequest() {
        open("/launch?provider=ok");
        browser().type("#query", "Not sent yet");
        browser().click(".buttons button.secondary");
        browser().awaitText("#request", "Not sent yet");
    }

    private void test() {
        open("/providers/ok");
        browser().click("form[action$=test] button");
        browser().until("it ends", () -> browser().isSeen("#test .verdict, #test h3, #test p, #test li"));
    }

    private void logOut() {
        open("/usage");
        browser().leave(() -> browser().click("form[action='/logout'] button"));
        assertThat(browser().path()).startsWith("/login");
    }

    private void logInByToken() {
        browser().click("section.login summary");
        browser().type("#token", daemon().token());
        browser().leave(() -> browser().click("section.login form button"));
        assertThat(browser().path()).startsWith("/sessions");
    }
}
