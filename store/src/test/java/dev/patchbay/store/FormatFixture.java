package dev.patchbay.store;

import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.Secret;
import java.nio.file.Path;
import java.util.List;

/** Writes a store of the present format with a row in every table: run once when a format is released. */
final class FormatFixture {

    private FormatFixture() {}

    public static void main(String[] arguments) {
        try (SqliteSessionStore store =
                StoreTesting.builder(Path.of(arguments[0])).open()) {
            StoreTesting.addEnded(store, "first", StoreTesting.NOW, "Hello");
            store.create(
                    StoreTesting.record("child")
                            .parentId("first")
                            .workingDir("/home/me")
                            .status(SessionStatus.RUNNING)
                            .lastActivityAt(StoreTesting.NOW.plusSeconds(1))
                            .build(),
                    List.of(StoreTesting.said("child", 1, "Grüße, 世界")));
            store.update(
                    StoreTesting.record("child")
                            .parentId("first")
                            .workingDir("/home/me")
                            .status(SessionStatus.COMPLETED)
                            .lastActivityAt(StoreTesting.NOW.plusSeconds(1))
                            .completedAt(StoreTesting.NOW.plusSeconds(1))
                            .build(),
                    List.of(StoreTesting.changed("child", SessionStatus.RUNNING, SessionStatus.COMPLETED)));
            store.keepKey("child", Secret.of("sealed with a key that is not in the fixture"));
            store.begin("act", "fingerprint");
            store.done("act", 201, "{}");
        }
    }
}
