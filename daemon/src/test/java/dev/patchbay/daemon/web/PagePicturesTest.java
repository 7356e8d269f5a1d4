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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every page as a person sees it, wide and narrow, light and dark: accessible, without a problem, and drawn for docs/web.md. */
final class PagePicturesTest extends PageTest {

    /** With {@code -Dgolden.update=true} the pictures of the documentation are made anew. */
    private static final Path FOLDER = Boolean.getBoolean("golden.update")
            ? Path.of(System.getProperty("patchbay.root"), "docs", "images")
            : Path.of("target", "pictures");

    /** What the pictures of the documentation show of the home, whose folder has another name each time. */
    private static final Path PLAIN_HOME = Path.of(
            System.getProperty("java.io.tmpdir"),
            Boolean.getBoolean("golden.update")
                    ? "patchbay"
                    : "patchbay-" + ProcessHandle.current().pid());

    private static final String ANSWER = """
            A **patch bay** is a panel of sockets: every device is wired to it once, and a short cable decides what is connected to
            what. In software it is the same idea:

            - *providers* are the devices,
            - a **route** is the cable,
            - the application only knows the socket.

            ```java
            try (Patchbay patchbay = Patchbay.builder().userLayer().build()) {
                System.out.println(patchbay.client("groq/llama-3.3-70b-versatile").ask("Hi"));
            }
            ```

            | what | before | after |
            |---|---|---|
            | keys | in every tool | in one place |
            | a new model | a release | a line of YAML |
            """;

    @Override
    TestDaemon startDaemon(Path home, FakeProvider fake) {
        try {
            Files.createSymbolicLink(PLAIN_HOME, home);
            Files.createDirectories(home.resolve("providers"));
            Files.writeString(home.resolve("providers/groq.yaml"), """
                    providers:
                      groq:
                        baseUrl: "%1$s"
                        auth: none
                        defaultModel: llama-3.3-70b-versatile
                        models:
                          llama-3.3-70b-versatile: {context: 131072, price: {input: 0.59, output: 0.79}}
                      mistral:
                        baseUrl: "%1$s"
                        auth: none
                        defaultModel: mistral-large-latest
                        models:
                          mistral-large-latest: {context: 128000, price: {input: 2, output: 6}}
                    """.formatted(fake.baseUrl("/v1")));
            Files.writeString(home.resolve("providers/local.yaml"), """
                    providers:
                      local:
                        baseUrl: "http://localhost:11434/v1"
                        auth: none
                        defaultModle: qwen3
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TestDaemon.start(PLAIN_HOME, fake);
    }

    @AfterAll
    static void removeLink() throws IOException {
        if (Files.isSymbolicLink(PLAIN_HOME)) {
            Files.delete(PLAIN_HOME);
        }
    }

    @Test
    void everyPageIsAccessibleWideAndNarrowLightAndDark() {
        logIn();
        fake().answer(Answer.error(
                401, "authentication_error", "Incorrect API key provided. Find yours at the console."));
        awaitEnd(daemon().launch("{\"query\":\"Summarise the release notes\",\"provider\":\"mistral\"}"), "failed");
        fake().answer(Answer.thinking("The user wants a short explanation with an example.")
                .thenText(ANSWER)
                .usage(412, 228));
        String id = daemon().launch(
                        "{\"query\":\"What is a patch bay, and what has it to do with models?\",\"provider\":\"groq\"}");
        awaitEnd(id, "completed");
        daemon().patch("/sessions/" + id, "{\"title\":\"Patch bays\"}");
        fake().answer(Answer.text("Three names: ", "Switchboard, ", "Jackfield, Crossbar.")
                .holdBefore("Switch", Gate.closed()));
        daemon().launch("{\"query\":\"Find three other names for it\",\"provider\":\"mistral\"}");

        for (String page :
                List.of("/sessions", "/sessions/" + id, "/launch", "/providers", "/providers/groq", "/usage")) {
            open(page);
            String name = page.equals("/sessions/" + id)
                    ? "session"
                    : page.substring(1).replace('/', '-');
            look(name, 1280, 860, false);
            look(name + "-dark", 1280, 860, true);
            look(name + "-narrow", 390, 844, false);
            browser().dark(false);
            assertThat(browser().script("return document.documentElement.scrollWidth"))
                    .as(page + " fits into 390 pixels")
                    .isEqualTo(390L);
            assertThat(
                            browser()
                                    .script(
                                            "return [...document.querySelectorAll('.chart ~ section .scroll')].filter(table => table.scrollWidth > table.clientWidth).length"))
                    .as("tables of usage in " + page + " that have to be moved sideways at 390 pixels")
                    .isEqualTo(0L);
            assertThat(
                            browser()
                                    .script(
                                            "return [...document.querySelectorAll('table.values td')].filter(cell =>"
                                                    + " cell.getBoundingClientRect().width < 80 || cell.getBoundingClientRect().right > 390).length"))
                    .as("values of " + page + " that are cut off at 390 pixels")
                    .isEqualTo(0L);
        }
        open("/login");
        look("login", 1280, 860, false);
        assertNoProblems();
    }

    private void awaitEnd(String id, String status) {
        browser()
                .until(
                        "the session has ended",
                        () -> daemon().get("/sessions/" + id)
                                .data()
                                .path("status")
                                .asText()
                                .equals(status));
    }

    private void look(String name, int width, int height, boolean isDark) {
        browser().width(width, height, width < 400);
        browser().dark(isDark);
        assertThat(browser().axe()).as(name).isEmpty();
        browser().picture(FOLDER.resolve(name + ".png"), false);
    }
}
