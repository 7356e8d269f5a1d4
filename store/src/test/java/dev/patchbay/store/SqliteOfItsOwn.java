package dev.patchbay.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A process that has a use of its own for SQLite, and a store beside it. */
final class SqliteOfItsOwn {

    private SqliteOfItsOwn() {}

    /** @param arguments those of {@link StoreWriter} */
    public static void main(String[] arguments) throws Exception {
        try (Connection own = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = own.createStatement()) {
            statement.executeUpdate("CREATE TABLE words AS SELECT 'still there' AS word");
            StoreWriter.main(arguments);
            System.out.println(statement.executeQuery("SELECT word FROM words").getString(1));
        }
    }
}
