package dev.patchbay.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.TestDaemon;
import dev.patchbay.testkit.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What anybody said, in whatever field, is text on the page; and a page elsewhere can do nothing. */
final class HostileTextTest extends PageTest {

    private static final List<String> PAYLOADS = List.of(
            "<script>window.hit=1</script>",
            "<img src=x onerror=window.hit=1>",
            "<svg/onload=window.hit=1>",
            "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
            "<base href=//evil.example/>",
            "<meta http-equiv=refresh content='0;url=//evil.example'>",
            "[a](javascript:window.hit=1) <javascript:window.hit=1> ![p](https://evil.example/p.png)",
            "<div hx-get=/logout hx-trigger=load></div><div sse-connect=/live></div>",
            "</textarea></title></style><script>window.hit=1</script>",
            "\" onmouseover=\"window.hit=1\" autofocus onfocus=\"window.hit=1",
            "${7*7} {{7*7}} <%= 7*7 %>",
            "abc\u202egpj.exe \u0007\u001b]0;x\u0007 \u0000 \u2028");

    @Test
    void everyPayloadIsTextInEveryField() {
        logIn();
        String all = String.join("\n\n", PAYLOADS);
        for (String payload : List.of(all, "x".repeat(1 << 20))) {
            fake().answer(Answer.thinking(payload).thenText(payload).thenToolCall("t1", first(payload), "{\"a\":1}"));
            ObjectNode launch = Json.object();
            launch.put("query", payload)
                    .put("provider", "ok")
                    .put("model", first(payload))
                    .put("system_prompt", payload);
            String answered = daemon().launch(launch.toString());
            awaitEnd(answered);
            // The contract takes no longer title.
            String title = payload.substring(0, Math.min(payload.length(), 1000));
            assertThat(daemon().patch(
                                    "/sessions/" + answered,
                                    Json.object().put("title", title).toString())
                            .status())
                    .isEqualTo(200);
            fake().answer(Answer.error(400, "bad", payload));
            String failed = daemon().launch(launch.toString());
            awaitEnd(failed);
            for (String page : List.of(
                    "/sessions",
                    "/sessions?q=" + WebAddress.encoded(first(payload)),
                    "/sessions/" + answered,
                    "/sessions/" + failed,
                    "/usage")) {
                open(page);
                browser().until("the page is there", () -> browser().isSeen("main h1"));
                assertHarmless(page);
            }
        }
        open("/sessions");
        assertThat(browser().text("#sessions")).contains("<script>window.hit=1</script>");
        assertNoProblems();
    }

    @Test
    void aMegabyteIsFoldedAndCanBeHadAsAFile() {
        String line = "0123456789".repeat(100_000);
        fake().answer(Answer.text(line));
        logIn();
        String id = daemon().launch("{\"query\":\"Much\",\"provider\":\"ok\"}");
        awaitEnd(id);
        open("/sessions/" + id);
        assertThat(browser().text("#conversation .assistant")).contains("The beginning of 1.0 MB");
        assertThat((Long) browser().script("return document.documentElement.outerHTML.length"))
                .isLessThan(30_000L);
        assertThat((Long) browser()
                        .script("const r = new XMLHttpRequest(); r.open('GET', document.querySelector("
                                + "'#conversation .assistant a').href, false); r.send(); return r.responseText.length"))
                .isEqualTo(line.length());
        assertNoProblems();
    }

    @Test
    void changingTheTitleOfASessionOnACustomProviderSendsTheTitleAlone() {
        logIn();
        String id = daemon().launch(custom().toString());
        awaitEnd(id);
        String before = settings(id);
        open("/sessions/" + id);
        assertThat(browser().driver().getPageSource()).doesNotContain("canary", "***");
        assertThat(browser()
                        .script("return [...new"
                                + " FormData(document.querySelector('form[action$=title]')).keys()].join()"))
                .isEqualTo("csrf,title");
        browser().click("aside > details > summary");
        browser().retype("#title", "Another title");
        browser().leave(() -> browser().click("form[action$=title] button"));
        browser().awaitText("h1", "Another title");
        assertThat(settings(id)).isEqualTo(before);
        archive();
        assertThat(settings(id)).isEqualTo(before);
        continueOnOtherModel(id);
        assertNoProblems();
    }

    @Test
    void whatIsChangedWithoutScriptsLeavesTheKeyAsItIsToo() {
        browser().scripts(false);
        logInWithoutScripts();
        String id = daemon().launch(custom().toString());
        awaitEnd(id);
        String before = settings(id);
        open("/sessions/" + id);
        browser().click("aside > details > summary");
        browser().retype("#title", "Another title");
        browser().click("form[action$=title] button");
        browser().awaitText("h1", "Another title");
        browser().click("aside > details > summary");
        browser().click("form[action$=archive] button");
        browser().awaitText(".trail", "archived");
        assertThat(settings(id)).isEqualTo(before);
        continueOnOtherModel(id);
    }

    private ObjectNode custom() {
        return Json.object()
                .put("query", "Hi")
                .put("proxy_enabled", true)
                .put("proxy_base_url", fake().baseUrl("/v1").toString())
                .put("proxy_model_override", "mine")
                .put("proxy_api_key", "sk-canary-0123456789");
    }

    private void archive() {
        browser().click("aside > details > summary");
        browser().leave(() -> browser().click("form[action$=archive] button"));
        browser().awaitText(".trail", "archived");
    }

    private void continueOnOtherModel(String id) {
        browser().type("#query", "Again");
        browser().type("#model", "another-model");
        browser().click("form.continue button");
        browser()
                .until(
                        "a session of its own",
                        () -> browser().path().startsWith("/sessions/")
                                && !browser().path().startsWith("/sessions/" + id));
        browser().until("asked again", () -> fake().requests().size() == 2);
        assertThat(fake().requests().get(1).header("authorization")).hasValue("Bearer sk-canary-0123456789");
        assertThat(browser().driver().getPageSource()).doesNotContain("canary", "***");
    }

    @Test
    void aPageElsewhereCanDoNothing() {
        logIn();
        String id = daemon().launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        awaitEnd(id);
        String cookie = browser().driver().manage().getCookies().stream()
                .filter(held -> held.isHttpOnly()
                        && held.getName().endsWith("-" + daemon().root().getPort()))
                .map(held -> held.getName() + "=" + held.getValue())
                .findFirst()
                .orElseThrow();
        assertThat(cookie).doesNotContain(daemon().token());
        String form = "csrf=guess&title=x";
        assertThat(post(id, cookie, "https://evil.example", form)).isEqualTo(403);
        assertThat(post(id, cookie, "null", form)).isEqualTo(403);
        assertThat(post(id, cookie, daemon().root().toString(), form)).isEqualTo(403);
        assertThat(post(id, "x=y", daemon().root().toString(), form)).isEqualTo(401);
        assertThat(daemon().get("/sessions/" + id).data().path("title").asText())
                .isEqualTo("Hi");
        TestDaemon.Answer framed = daemon().send(HttpRequest.newBuilder(page("/sessions"))
                .header("cookie", cookie)
                .header("sec-fetch-site", "cross-site")
                .GET());
        assertThat(framed.status()).isEqualTo(403);
    }

    private int post(String id, String cookie, String origin, String form) {
        return daemon().send(HttpRequest.newBuilder(page("/sessions/" + id + "/title"))
                        .header("cookie", cookie)
                        .header("origin", origin)
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)))
                .status();
    }

    private String settings(String id) {
        ObjectNode session = (ObjectNode) daemon().get("/sessions/" + id).data();
        session.remove(List.of("title", "archived", "last_activity_at"));
        return session.toString();
    }

    private void awaitEnd(String id) {
        browser()
                .until(
                        Duration.ofSeconds(60),
                        "the session has ended",
                        () -> List.of("completed", "failed")
                                .contains(daemon().get("/sessions/" + id)
                                        .data()
                                        .path("status")
                                        .asText()));
    }

    private static String first(String payload) {
        return payload.substring(0, Math.min(payload.length(), 29));
    }

    private void assertHarmless(String page) {
        assertThat(browser().script("return window.hit || 0")).as(page).isEqualTo(0L);
        assertThat(browser()
                        .script("return document.querySelectorAll('main script, main iframe, main base, main"
                                + " meta[http-equiv], main [onerror], main [onload], main [onmouseover], main"
                                + " [sse-connect], main [hx-trigger=load], main a[href^=javascript]').length"))
                .as(page)
                .isEqualTo(0L);
        assertThat(browser()
                        .script("return [...document.querySelectorAll('main img')].filter(i =>"
                                + " !i.src.startsWith(location.origin)).length"))
                .isEqualTo(0L);
        assertThat(String.valueOf(browser().script("return document.body.innerText")))
                .doesNotContain("\u202e", "\u0007");
    }
}
