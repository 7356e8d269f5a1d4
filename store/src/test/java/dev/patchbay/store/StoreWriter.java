package dev.patchbay.store;

import dev.patchbay.session.SessionStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A process that writes into a store and prints what is in it, as soon as the store said so. */
final class StoreWriter {

    private StoreWriter() {}

    /**
     * Writes sessions of ten pieces each.
     *
     * @param arguments the file, the beginning of the ids, how many sessions, or 0 for no end
     */
    public static void main(String[] arguments) {
        int most = Integer.parseInt(arguments[2]);
        try (SqliteSessionStore store =
                StoreTesting.builder(Path.of(arguments[0])).open()) {
            for (int i = 0; most == 0 || i < most; i++) {
                write(store, arguments[1] + i);
            }
        }
    }

    private static void write(SqliteSessionStore store, String id) {
        store.create(StoreTesting.record(id).status(SessionStatus.RUNNING).build(), List.of());
        for (int piece = 1; piece <= 10; piece++) {
            store.update(
                    StoreTesting.record(id).status(SessionStatus.RUNNING).build(),
                    List.of(StoreTesting.said(id, piece, String.format(Locale.ROOT, "piece %d of %s", piece, id))));
            print(id + " " + piece);
        }
        store.update(
                StoreTesting.record(id).status(SessionStatus.COMPLETED).build(),
                List.of(StoreTesting.changed(id, SessionStatus.RUNNING, SessionStatus.COMPLETED)));
        print(id + " ended");
    }

    private static void print(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
