package dev.patchbay.integration.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every input through both adapters and through both frameworks' own clients of OpenAI; the table is printed, and its sums are in the docs. */
@Tag("integration")
@Timeout(900)
final class ChatModelBugInputsTest {

    private static final List<String> COLUMNS =
            List.of("LangChain4j, ours", "LangChain4j, its own", "Spring AI, ours", "Spring AI, its own");
    private static final String CHAT = "openai-chat";

    @TempDir
    Path folder;

    @Test
    void oursAreRightAndTheDocsSayWhatTheOthersAre() throws Exception {
        Map<String, int[]> sums = new LinkedHashMap<>();
        COLUMNS.forEach(column -> sums.put(column, new int[2]));
        StringBuilder oursWrong = new StringBuilder();
        System.out.println("| input | " + String.join(" | ", COLUMNS) + " |\n|---|---|---|---|---|");
        for (BugInput input : BugInput.all()) {
            StringBuilder row = new StringBuilder("| ").append(input.name());
            for (String column : COLUMNS) {
                boolean own = column.endsWith("own");
                if (own && !input.dialect().equals(CHAT)) {
                    row.append(" | not its dialect");
                    continue;
                }
                String wrong = input.wrong(ask(column, input));
                sums.get(column)[wrong.isEmpty() ? 0 : 1]++;
                row.append(" | ").append(wrong.isEmpty() ? "right" : wrong.replace("|", "/"));
                if (!own && !wrong.isEmpty()) {
                    oursWrong
                            .append('\n')
                            .append(input.name())
                            .append(", ")
                            .append(column)
                            .append(": ")
                            .append(wrong);
                }
            }
            System.out.println(row.append(" |"));
        }
        sums.forEach((column, sum) -> System.out.println(column + ": " + sum[0] + " right, " + sum[1] + " wrong"));
        assertThat(oursWrong.toString()).isEmpty();
        assertThat(page("langchain4j.md")).contains(sentence(sums, 0));
        assertThat(page("spring.md")).contains(sentence(sums, 2));
    }

    private static String sentence(Map<String, int[]> sums, int first) {
        int[] ours = sums.get(COLUMNS.get(first));
        int[] own = sums.get(COLUMNS.get(first + 1));
        return ours[0] + " of " + (ours[0] + ours[1]) + " are read right; of the " + (own[0] + own[1])
                + " that are of OpenAI's chat dialect the framework's own client reads " + own[0] + " right";
    }

    private static String page(String name) throws IOException {
        return Files.readString(Path.of(System.getProperty("patchbay.root"))
                        .resolve("docs")
                        .resolve(name))
                .replaceAll("\\s+", " ");
    }

    private Outcome ask(String column, BugInput input) throws IOException {
        try (FakeProvider provider = FakeProvider.start()) {
            provider.answer(input);
            URI baseUrl = provider.baseUrl("/v1");
            if (column.endsWith("own")) {
                AskedModel model =
                        column.startsWith("Spring") ? SpringModels.own(baseUrl) : LangChain4jModels.own(baseUrl);
                return outcome(() -> model.ask(input));
            }
            Path file = folder.resolve("p.yaml");
            Files.writeString(
                    file,
                    "providers: {p: {baseUrl: \"" + baseUrl + "\", auth: none, dialect: " + input.dialect()
                            + input.settings().replace("http: {", "http: {retries: {max: 0}, ")
                            + (input.settings().contains("http:") ? "" : ", http: {retries: {max: 0}}") + "}}");
            try (Patchbay patchbay = Patchbay.builder()
                    .withoutDiscovery()
                    .environment(Map.of())
                    .config(file)
                    .build()) {
                AskedModel model =
                        column.startsWith("Spring") ? SpringModels.ours(patchbay) : LangChain4jModels.ours(patchbay);
                return outcome(() -> model.ask(input));
            }
        }
    }

    /** One that hangs is one that fails. */
    private static Outcome outcome(Supplier<Outcome> asked) {
        long begun = System.nanoTime();
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        Thread asking = new Thread(() -> {
            try {
                answer.complete(asked.get());
            } catch (Throwable failure) {
                answer.completeExceptionally(failure);
            }
        });
        asking.setDaemon(true);
        asking.start();
        try {
            return answer.get(20, TimeUnit.SECONDS).after(System.nanoTime() - begun);
        } catch (TimeoutException hangs) {
            asking.interrupt();
            return Outcome.failed(new IllegalStateException("nothing came within 20 s"))
                    .after(System.nanoTime() - begun);
        } catch (Exception failed) {
            Throwable cause = failed.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            return Outcome.failed(cause == null ? failed : cause).after(System.nanoTime() - begun);
        }
    }
}
