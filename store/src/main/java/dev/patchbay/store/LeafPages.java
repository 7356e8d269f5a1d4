package dev.patchbay.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows that stand in the pages of a SQLite file, whether or not anything leads to a page any more: each leaf of a table is known by its
 * first byte. Which table it belongs to, no leaf says. Deleted rows do not come back, since the store overwrites them.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#b_tree_pages">SQLite's file format, B-tree pages</a>
 */
final class LeafPages implements AutoCloseable {

    private static final int FILE_HEAD = 100;
    private static final int PAGE_HEAD = 8;
    private static final int TABLE_LEAF = 0x0d;
    private static final int USUAL_PAGE = 4096;

    /** Longer than any text of the store, so that a broken length takes no memory. */
    private static final int LONGEST_ROW = 256 << 20;

    private final FileChannel file;
    private final int pageSize;

    /** A page without what is reserved at its end. */
    private final int usable;

    private LeafPages(FileChannel file, int pageSize, int usable) {
        this.file = file;
        this.pageSize = pageSize;
        this.usable = usable;
    }

    static LeafPages of(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        ByteBuffer head = ByteBuffer.allocate(FILE_HEAD);
        file.read(head, 0);
        int said = head.getShort(16) == 1 ? 1 << 16 : head.getShort(16) & 0xffff;
        boolean isSize = said >= 512 && Integer.bitCount(said) == 1;
        int size = isSize ? said : USUAL_PAGE;
        return new LeafPages(file, size, isSize ? size - (head.get(20) & 0xff) : size);
    }

    /**
     * A row.
     *
     * @param key its number in its table
     * @param values in order of the columns; null for the column that is the key
     */
    record Row(long key, List<@Nullable Object> values) {}

    long count() throws IOException {
        return file.size() / pageSize;
    }

    /** The rows of a page that can be read, counted from 0; none if it is no leaf of a table. */
    List<Row> rows(long number) throws IOException {
        ByteBuffer page = page(number);
        int start = number == 0 ? FILE_HEAD : 0;
        List<Row> rows = new ArrayList<>();
        if (page.get(start) != TABLE_LEAF) {
            return rows;
        }
        int cells = page.getShort(start + 3) & 0xffff;
        for (int i = 0; i < cells && start + PAGE_HEAD + 2 * i + 2 <= usable; i++) {
            row(page, page.getShort(start + PAGE_HEAD + 2 * i) & 0xffff).ifPresent(rows::add);
        }
        return rows;
    }

    private ByteBuffer page(long number) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(pageSize);
        file.read(page, number * pageSize);
        return page.rewind();
    }

    private Optional<Row> row(ByteBuffer page, int place) throws IOException {
        try {
            ByteBuffer cell = page.duplicate().position(place);
            long length = varint(cell);
            long key = varint(cell);
            if (length <= 0 || length > Math.min(LONGEST_ROW, file.size())) {
                return Optional.empty();
            }
            return payload(cell, (int) length).flatMap(LeafPages::values).map(values -> new Row(key, values));
        } catch (RuntimeException broken) {
            // Any byte may be wrong: it points out of the page, or says a length that is none.
            return Optional.empty();
        }
    }

    /** What a row says; what does not fit into its page stands in a chain of others. */
    private Optional<ByteBuffer> payload(ByteBuffer cell, int length) throws IOException {
        int local = local(length);
        byte[] here = new byte[local];
        cell.get(here);
        if (local == length) {
            return Optional.of(ByteBuffer.wrap(here));
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(length);
        whole.writeBytes(here);
        long next = cell.getInt() & 0xffffffffL;
        while (whole.size() < length) {
            if (next == 0 || next > count()) {
                return Optional.empty();
            }
            ByteBuffer page = page(next - 1);
            next = page.getInt() & 0xffffffffL;
            byte[] more = new byte[Math.min(usable - 4, length - whole.size())];
            page.get(more);
            whole.writeBytes(more);
        }
        return Optional.of(ByteBuffer.wrap(whole.toByteArray()));
    }

    /** How much of a row of a table stands in its leaf, by SQLite's rule. */
    private int local(int length) {
        int most = usable - 35;
        if (length <= most) {
            return length;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        int fitting = least + (length - least) % (usable - 4);
        return fitting <= most ? fitting : least;
    }

    /** Numbers and texts; empty for a row that has anything else. */
    private static Optional<List<@Nullable Object>> values(ByteBuffer payload) {
        ByteBuffer types = payload.duplicate();
        int end = (int) varint(types);
        ByteBuffer bytes = payload.duplicate().position(end);
        List<@Nullable Object> values = new ArrayList<>();
        while (types.position() < end) {
            long type = varint(types);
            if (type == 0) {
                values.add(null);
            } else if (type <= 6) {
                values.add(number(bytes, type == 6 ? 8 : type == 5 ? 6 : (int) type));
            } else if (type == 8 || type == 9) {
                values.add(type - 8);
            } else if (type >= 13 && type % 2 == 1) {
                byte[] text = new byte[Math.toIntExact((type - 13) / 2)];
                bytes.get(text);
                values.add(new String(text, UTF_8));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static long number(ByteBuffer bytes, int size) {
        long number = bytes.get();
        for (int i = 1; i < size; i++) {
            number = (number << 8) | (bytes.get() & 0xff);
        }
        return number;
    }

    private static long varint(ByteBuffer bytes) {
        long number = 0;
        for (int i = 0; i < 8; i++) {
            byte next = bytes.get();
            number = (number << 7) | (next & 0x7f);
            if (next >= 0) {
                return number;
            }
        }
        return (number << 8) | (bytes.get() & 0xff);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
