package dev.patchbay.session.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.Patchbay;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.session.ContinueRequest;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.EventLog;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.RequestTemplate;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionPage;
import dev.patchbay.session.SessionQuery;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionSettings;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.session.SessionStore;
import dev.patchbay.session.UpdateRequest;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.spi.Tool;
import dev.patchbay.spi.Usage;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link SessionStore} does: extend it and say where the store is. A store that lasts is opened anew as another
 * process would open it.
 */
public abstract class SessionStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private SessionStore store = closed();

    /** Opens the store; called for each test, on an empty place the first time, and again where it {@linkplain #lasts lasts}. */
    protected abstract SessionStore open();

    /** Whether {@link #open} finds what was stored before. */
    protected abstract boolean lasts();

    private static SessionStore closed() {
        return new dev.patchbay.session.InMemorySessionStore(0, 0);
    }

    @BeforeEach
    final void openStore() {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    /** As another process would find it. */
    private void openAnew() {
        if (lasts()) {
            store.close();
            store = open();
        }
    }

    @Test
    protected final void keepsEveryMemberOfARecord() {
        SessionRecord before = SessionRecord.builder("s1", "r1", "How?", NOW)
                .parentId("p1")
                .status(SessionStatus.FAILED)
                .title("A title")
                .workingDir("/home/me/project")
                .settings(SessionSettings.builder()
                        .provider("groq")
                        .model("fast")
                        .proxyEnabled(true)
                        .proxyBaseUrl("https://api.example.com/v1")
                        .proxyModelOverride("wire")
                        .build())
                .hasApiKey(true)
                .keySent(true)
                .firstToken(Duration.ofMillis(1234))
                .resolved("groq", "fast", "llama-3.3-70b")
                .template(RequestTemplate.of(ChatRequest.builder("")
                                .tool(Tool.of("weather", "Tells it", Map.of("type", "object")))
                                .temperature(0.25)
                                .stopSequence("END")
                                .more("seed", 7)
                                .build())
                        .withInstructions("Be brief.", null))
                .lastActivityAt(NOW.plusSeconds(2))
                .completedAt(NOW.plusSeconds(2))
                .usage(Usage.builder().inputTokens(11).outputTokens(2).build())
                .costUsd(new BigDecimal("0.0042"))
                .archived(true)
                .build();
        store.create(before, List.of());
        openAnew();

        SessionRecord after = store.find("s1").orElseThrow();
        assertThat(after.toJson()).isEqualTo(before.toJson());
        assertThat(after.keySent()).isTrue();
        assertThat(after.firstToken()).contains(Duration.ofMillis(1234));
        assertThat(after.settings().provider()).contains("groq");
        assertThat(after.settings().model()).contains("fast");
        RequestTemplate template = after.template();
        assertThat(template.systemPrompt()).contains("Be brief.");
        assertThat(template.appendSystemPrompt()).isEmpty();
        assertThat(template.parameters().tools())
                .isEqualTo(before.template().parameters().tools());
        assertThat(template.parameters().temperature()).hasValue(0.25);
        assertThat(template.parameters().stopSequences()).containsExactly("END");
        assertThat(template.parameters().more()).isEqualTo(Map.of("seed", 7));
    }

    @Test
    protected final void keepsEveryKindOfBlock() {
        List<ContentBlock> blocks = List.of(
                ContentBlock.text("Grüße, 世界 😀\u0000", Map.of("cache_control", Map.of("type", "ephemeral"))),
                ContentBlock.image(MediaSource.base64("image/png", "iVBORw0KGgo=")),
                ContentBlock.document(MediaSource.blocks(List.of(ContentBlock.text("page"))), "T", Map.of()),
                ContentBlock.thinking("hm", "proof"),
                ContentBlock.redactedThinking("secret of the provider"),
                ContentBlock.toolUse("call_1", "weather", Map.of("city", "Graz", "days", 3)),
                ContentBlock.toolResult("call_1", List.of(ContentBlock.text("sun")), true, Map.of()),
                ContentBlock.searchResult("url", "title", List.of(ContentBlock.text("hit")), Map.of()),
                ContentBlock.other("server_tool_use", Map.of("type", "server_tool_use", "id", "x")));
        List<SessionEvent> events = IntStream.range(0, blocks.size())
                .mapToObj(i -> said("s1", i + 1, blocks.get(i)))
                .toList();
        store.create(record("s1", null).build(), events);
        openAnew();

        assertThat(store.conversation("s1"))
                .extracting(ConversationEvent::block)
                .isEqualTo(blocks);
    }

    @Test
    protected final void keepsWhatWasSaidInOrderAndWhetherItBrokeOff() {
        store.create(record("s1", null).build(), List.of(said("s1", 1, text("one"))));
        ConversationEvent half = new ConversationEvent("s1", 2, NOW, ChatMessage.Role.ASSISTANT, text("two"), false);
        store.update(record("s1", null).build(), List.of(new SessionEvent.ConversationUpdated("s1", half)));
        openAnew();

        assertThat(store.conversation("s1")).hasSize(2).element(1).isEqualTo(half);
    }

    @Test
    protected final void refusesASecondSessionOfOneId() {
        store.create(record("s1", null).build(), List.of());
        assertThatThrownBy(() -> store.create(record("s1", null).build(), List.of()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    protected final void refusesChangesOfAnUnknownSession() {
        assertThatThrownBy(() -> store.update(record("s1", null).build(), List.of()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store.find("s1")).isEmpty();
        assertThat(store.conversation("s1")).isEmpty();
        assertThat(store.history("s1")).isEmpty();
    }

    @Test
    protected final void aChangeIsMadeAsAWholeOrNotAtAll() {
        store.create(record("s1", null).build(), List.of(said("s1", 1, text("one"))));
        SessionRecord ended = record("s1", null).status(SessionStatus.COMPLETED).build();
        assertThatThrownBy(() ->
                        store.update(ended, List.of(said("s1", 2, text("two")), said("s1", 9, text("out of order")))))
                .isInstanceOf(IllegalStateException.class);
        openAnew();

        assertThat(store.find("s1").orElseThrow().status()).isNotEqualTo(SessionStatus.COMPLETED);
        assertThat(store.conversation("s1")).hasSize(1);
    }

    @Test
    protected final void aConversationGoesThroughTheSessionsThatItContinues() {
        create("s1", null, "one");
        create("s2", "s1", "two");
        create("s3", "s2", "three");
        create("other", "s1", "aside");
        openAnew();

        assertThat(texts(store.history("s3"))).containsExactly("one", "two", "three");
        assertThat(texts(store.history("s1"))).containsExactly("one");
        assertThat(texts(store.conversation("s3"))).containsExactly("three");
    }

    @Test
    protected final void forgetsASessionAndNoOther() {
        create("s1", null, "private");
        create("s2", "s1", "two");

        assertThat(store.forget("s1")).isTrue();
        assertThat(store.forget("s1")).isFalse();
        openAnew();
        assertThat(store.find("s1")).isEmpty();
        assertThat(store.conversation("s1")).isEmpty();
        assertThat(texts(store.history("s2"))).containsExactly("two");
        assertThat(store.list(SessionQuery.builder().text("private").build()).sessions())
                .isEmpty();
    }

    @Test
    protected final void listsPagesNewestActivityFirstEachSessionOnce() {
        for (int i = 0; i < 25; i++) {
            // Some share their moment.
            Instant activity = NOW.plusSeconds(i / 3);
            store.create(record("s" + i, null).lastActivityAt(activity).build(), List.of());
        }
        openAnew();
        List<SessionRecord> all = new ArrayList<>();
        SessionPage page = store.list(SessionQuery.builder().limit(10).build());
        all.addAll(page.sessions());
        while (page.next().isPresent()) {
            page = store.list(
                    SessionQuery.builder().limit(10).cursor(page.next().get()).build());
            all.addAll(page.sessions());
        }
        assertThat(all).hasSize(25).extracting(SessionRecord::id).doesNotHaveDuplicates();
        assertThat(all)
                .isSortedAccordingTo((one, other) -> other.lastActivityAt().compareTo(one.lastActivityAt()));
    }

    @Test
    protected final void listsWhatIsAskedFor() {
        create("s1", null, "about cats");
        create("s2", "s1", "about dogs");
        store.create(record("old", null).archived(true).build(), List.of());
        store.create(record("draft", null).status(SessionStatus.DRAFT).build(), List.of());

        assertThat(ids(SessionQuery.builder().filter(SessionQuery.Filter.NORMAL).build()))
                .containsExactlyInAnyOrder("s1", "s2");
        assertThat(ids(SessionQuery.builder()
                        .filter(SessionQuery.Filter.ARCHIVED)
                        .build()))
                .containsExactly("old");
        assertThat(ids(SessionQuery.builder().filter(SessionQuery.Filter.DRAFT).build()))
                .containsExactly("draft");
        assertThat(ids(SessionQuery.builder()
                        .filter(SessionQuery.Filter.NORMAL)
                        .leavesOnly(true)
                        .build()))
                .containsExactly("s2");
        assertThat(ids(SessionQuery.builder().text("CATS").build())).containsExactly("s1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's",
                "a/b.c",
                "multi-agent",
                "user@host",
                "C++",
                "50%",
                "\"q\"",
                "NEAR(",
                "*",
                "-x",
                "[a]",
                "%",
                "_",
                "AND",
                "grüße",
                "世界",
                "\\d",
                "title:",
                "mid word",
                "dle of a w"
            })
    protected final void findsWordsAsTheyStand(String words) {
        create(
                "s1",
                null,
                "it's a/b.c multi-agent user@host C++ 50% \"q\" NEAR( * -x [a] _ AND Grüße 世界 \\d title: middle of a word");
        create("s2", null, "plain letters alone");

        assertThat(ids(SessionQuery.builder().text(words).build())).containsExactly("s1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C+++", "60%", "\"", "'\"(", "a_b", "NOT", "\u0000x", "plain it's"})
    protected final void findsNothingWhereAWordIsNotThere(String words) {
        create("s1", null, "it's C++ 50% a/b");
        create("s2", null, "plain letters alone");

        assertThat(ids(SessionQuery.builder().text(words).build())).isEmpty();
    }

    @Test
    protected final void aCursorOfNobodyIsRefused() {
        assertThatThrownBy(() ->
                        store.list(SessionQuery.builder().cursor("nonsense").build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    protected final void manyThreadsWriteAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String id = "s" + i;
                writers.add(threads.submit(() -> {
                    store.create(record(id, null).build(), List.of(said(id, 1, text("1"))));
                    for (int number = 2; number <= 25; number++) {
                        store.update(record(id, null).build(), List.of(said(id, number, text("" + number))));
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        openAnew();
        for (int i = 0; i < 8; i++) {
            assertThat(store.conversation("s" + i))
                    .extracting(ConversationEvent::sequence)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 25).mapToObj(Long::valueOf).toList());
        }
    }

    @Test
    protected final void theLogTellsEveryEventOnceInOneOrder() {
        EventLog log = store.log().orElse(null);
        Assumptions.assumeTrue(log != null, "this store keeps no log");
        create("s1", null, "one");
        create("s2", null, "two");
        List<EventLog.Entry> first = log.after(0, 3);
        List<EventLog.Entry> rest = log.after(first.get(first.size() - 1).position(), 100);

        Set<Long> positions = new HashSet<>();
        first.forEach(entry -> positions.add(entry.position()));
        rest.forEach(entry -> positions.add(entry.position()));
        assertThat(positions).hasSize(first.size() + rest.size());
        assertThat(log.after(log.last(), 10)).isEmpty();
        assertThat(log.first()).isEqualTo(first.get(0).position());
    }

    @Test
    protected final void aSessionIsContinuedAndChangedFromTheStoreAlone() {
        try (FakeProvider fake = FakeProvider.start()) {
            fake.enqueue(Answer.text("First."), Answer.text("Second."));
            Session session;
            try (Patchbay patchbay = patchbay(fake)) {
                session = patchbay.launch(LaunchRequest.query("Question")
                        .provider("local")
                        .systemPrompt("Be brief.")
                        .temperature(0.5)
                        .build());
                session.await().text();
                if (!lasts()) {
                    continued(patchbay, session.id(), fake);
                    return;
                }
            }
            store = open();
            try (Patchbay another = patchbay(fake)) {
                continued(another, session.id(), fake);
            }
            store = open();
        }
    }

    private static void continued(Patchbay patchbay, String id, FakeProvider fake) {
        patchbay.update(id, UpdateRequest.builder().model("another-model").build());
        Session next =
                patchbay.continueSession(id, ContinueRequest.query("More").build());
        assertThat(next.await(Duration.ofSeconds(20)).orElseThrow().text()).isEqualTo("Second.");
        assertThat(fake.requests().get(1).text())
                .contains("Be brief.", "Question", "First.", "More", "\"another-model\"", "0.5");
    }

    private Patchbay patchbay(FakeProvider fake) {
        return Patchbay.builder()
                .withoutDiscovery()
                .store(store)
                .definition(Definition.builder("local")
                        .baseUrl(fake.baseUrl("/v1"))
                        .auth(Auth.NONE)
                        .defaultModel("m")
                        .build())
                .build();
    }

    private void create(String id, @Nullable String parent, String text) {
        store.create(record(id, parent).build(), List.of(said(id, 1, text(text))));
        SessionRecord ended = record(id, parent).status(SessionStatus.COMPLETED).build();
        store.update(
                ended, List.of(new SessionEvent.StatusChanged(id, SessionStatus.STARTING, SessionStatus.COMPLETED)));
    }

    private Set<String> ids(SessionQuery query) {
        return store.list(query).sessions().stream().map(SessionRecord::id).collect(Collectors.toSet());
    }

    private static SessionRecord.Builder record(String id, @Nullable String parent) {
        SessionRecord.Builder record = SessionRecord.builder(id, "run", "query", NOW);
        return parent == null ? record : record.parentId(parent);
    }

    private static ContentBlock text(String text) {
        return ContentBlock.text(text);
    }

    private static SessionEvent said(String id, long sequence, ContentBlock block) {
        return new SessionEvent.ConversationUpdated(
                id, new ConversationEvent(id, sequence, NOW, ChatMessage.Role.USER, block, true));
    }

    private static List<String> texts(List<ConversationEvent> events) {
        return events.stream().map(event -> event.text().orElse("")).toList();
    }
}
