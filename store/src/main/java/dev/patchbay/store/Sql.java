package dev.patchbay.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;

/** Statements of one connection, each compiled once. Used by one thread at a time. */
final class Sql implements AutoCloseable {

    private static final long NANOS = 1_000_000_000;

    /** Of SQLite's machine, between two looks at the clock. */
    private static final int STEPS_BETWEEN_LOOKS = 1_000;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<String, Known> remembered = new HashMap<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** What is made of a row. */
    interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    /** Runs what changes something; returns how many rows it changed. */
    int change(String sql, @Nullable Object... values) throws SQLException {
        return using(sql, PreparedStatement::executeUpdate, values);
    }

    <T> List<T> all(String sql, Reader<T> reader, @Nullable Object... values) throws SQLException {
        return using(
                sql,
                statement -> {
                    List<T> found = new ArrayList<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        Row row = new Row(rows);
                        while (rows.next()) {
                            found.add(reader.read(row));
                        }
                    }
                    return found;
                },
                values);
    }

    /** Takes a row, or says that those before it were enough. */
    interface Taker {
        boolean takes(Row row) throws SQLException;
    }

    /** Gives rows until one is not taken, which is not read any further than the taker reads it; returns whether all were taken. */
    boolean allTaken(String sql, Taker taker, @Nullable Object... values) throws SQLException {
        return using(
                sql,
                statement -> {
                    try (ResultSet rows = statement.executeQuery()) {
                        Row row = new Row(rows);
                        while (rows.next()) {
                            if (!taker.takes(row)) {
                                return false;
                            }
                        }
                        return true;
                    }
                },
                values);
    }

    <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... values) throws SQLException {
        return using(
                sql,
                statement -> {
                    try (ResultSet rows = statement.executeQuery()) {
                        return rows.next() ? Optional.of(reader.read(new Row(rows))) : Optional.empty();
                    }
                },
                values);
    }

    /** What a statement without values gave, and the version of the file that it was read of. */
    private record Known(long version, Object value) {}

    /**
     * The first row of what takes long to count, which is read anew only after another connection has written: for connections that
     * only read.
     */
    <T> T unlessWritten(String sql, Class<T> type, Reader<T> reader) throws SQLException {
        long version = number("PRAGMA data_version");
        Known known = remembered.get(sql);
        if (known == null || known.version != version) {
            known = new Known(version, first(sql, reader).orElseThrow());
            remembered.put(sql, known);
        }
        return type.cast(known.value);
    }

    /**
     * Runs what may take long.
     *
     * @throws SQLTimeoutException if it takes longer than a time
     */
    <T> T within(Duration limit, Database.Work<T> work) throws SQLException {
        long end = System.nanoTime() + limit.toNanos();
        AtomicBoolean late = new AtomicBoolean();
        ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS, new ProgressHandler() {
            @Override
            protected int progress() {
                late.compareAndSet(false, System.nanoTime() > end);
                return late.get() ? 1 : 0;
            }
        });
        try {
            return work.run(this);
        } catch (SQLException failure) {
            if (late.get()) {
                throw new SQLTimeoutException("it took longer than " + limit.toSeconds() + " s", failure);
            }
            throw failure;
        } finally {
            ProgressHandler.clearHandler(connection);
        }
    }

    /** The first number of the first row; 0 if there is none. */
    long number(String sql, @Nullable Object... values) throws SQLException {
        return first(sql, row -> row.rows.getLong(1), values).orElse(0L);
    }

    /** Runs statements that are not worth keeping, several perhaps. */
    void script(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        connection.close();
    }

    /** What is done with a statement. */
    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** A statement that failed is compiled anew the next time: the driver may have let go of it, and it would fail for ever. */
    private <T> T using(String sql, Use<T> use, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        try {
            for (int i = 0; i < values.length; i++) {
                bind(statement, i + 1, values[i]);
            }
            return use.of(statement);
        } catch (SQLException failure) {
            statements.remove(sql, statement);
            statement.close();
            throw failure;
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        Object known = value;
        if (known instanceof Optional<?> optional) {
            known = optional.orElse(null);
        } else if (known instanceof OptionalLong optional) {
            known = optional.isPresent() ? optional.getAsLong() : null;
        } else if (known instanceof OptionalInt optional) {
            known = optional.isPresent() ? optional.getAsInt() : null;
        }
        if (known == null) {
            statement.setObject(index, null);
        } else if (known instanceof Number number && !(known instanceof BigDecimal)) {
            statement.setLong(index, number.longValue());
        } else if (known instanceof Boolean truth) {
            statement.setInt(index, truth ? 1 : 0);
        } else if (known instanceof Instant moment) {
            statement.setLong(index, nanos(moment));
        } else {
            statement.setString(
                    index, known instanceof BigDecimal decimal ? decimal.toPlainString() : known.toString());
        }
    }

    static long nanos(Instant moment) {
        return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), NANOS), moment.getNano());
    }

    static Instant moment(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /** The current row of a result, by the names of its columns. */
    static final class Row {

        private final ResultSet rows;

        private Row(ResultSet rows) {
            this.rows = rows;
        }

        /** Every column that has a value. */
        Map<String, Object> all() throws SQLException {
            ResultSetMetaData columns = rows.getMetaData();
            Map<String, Object> all = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                Object value = rows.getObject(i);
                if (value != null) {
                    all.put(columns.getColumnName(i), value);
                }
            }
            return all;
        }

        String text(String column) throws SQLException {
            String value = rows.getString(column);
            if (value == null) {
                throw new SQLException("column " + column + " is null");
            }
            return value;
        }

        @Nullable String textOrNull(String column) throws SQLException {
            return rows.getString(column);
        }

        long number(String column) throws SQLException {
            return rows.getLong(column);
        }

        OptionalLong numberIfAny(String column) throws SQLException {
            long value = rows.getLong(column);
            return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
        }

        boolean truth(String column) throws SQLException {
            return rows.getInt(column) != 0;
        }

        Instant moment(String column) throws SQLException {
            return Sql.moment(rows.getLong(column));
        }
    }
}
