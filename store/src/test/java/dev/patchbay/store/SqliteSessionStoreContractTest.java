package dev.patchbay.store;

import dev.patchbay.session.SessionStore;
import dev.patchbay.session.contract.SessionStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The store in a file does what every store does. */
final class SqliteSessionStoreContractTest extends SessionStoreContract {

    @TempDir
    Path folder;

    @Override
    protected SessionStore open() {
        return StoreTesting.builder(folder.resolve("patchbay.db")).open();
    }

    @Override
    protected boolean lasts() {
        return true;
    }
}
