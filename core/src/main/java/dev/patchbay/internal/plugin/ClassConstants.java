package dev.patchbay.internal.plugin;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The constants of a class file (JVM specification, section 4.4): which methods it refers to and which texts it holds, read
 * without loading it.
 */
final class ClassConstants {

    private static final int MAGIC = 0xCAFEBABE;

    private final @Nullable Object[] pool;
    private final List<int[]> methods = new ArrayList<>();
    private final List<Integer> strings = new ArrayList<>();

    private ClassConstants(int size) {
        this.pool = new Object[size];
    }

    /**
     * Reads the constants.
     *
     * @throws IOException if the bytes are not those of a class file that this host can know
     */
    static ClassConstants of(byte[] classFile) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("not a class file");
            }
            in.skipNBytes(4);
            ClassConstants constants = new ClassConstants(in.readUnsignedShort());
            for (int i = 1; i < constants.pool.length; i++) {
                i += constants.read(in, i);
            }
            return constants;
        }
    }

    /** Every method that is referred to, as {@code java/lang/System.exit}. */
    Set<String> methods() {
        Set<String> names = new HashSet<>();
        for (int[] method : methods) {
            names.add(text(index(method[0])) + "." + text(index(method[1])));
        }
        return names;
    }

    /** Every text constant. */
    Set<String> strings() {
        Set<String> texts = new HashSet<>();
        strings.forEach(index -> texts.add(text(index)));
        return texts;
    }

    /** Reads one constant and says how many places of the pool it takes beyond its own. */
    private int read(DataInputStream in, int place) throws IOException {
        int tag = in.readUnsignedByte();
        switch (tag) {
            case 1 -> pool[place] = in.readUTF();
            case 7, 12 -> {
                pool[place] = in.readUnsignedShort();
                in.skipNBytes(tag == 12 ? 2 : 0);
            }
            case 8 -> strings.add(in.readUnsignedShort());
            case 10, 11 -> methods.add(new int[] {in.readUnsignedShort(), in.readUnsignedShort()});
            case 16, 19, 20 -> in.skipNBytes(2);
            case 15 -> in.skipNBytes(3);
            case 3, 4, 9, 17, 18 -> in.skipNBytes(4);
            case 5, 6 -> {
                in.skipNBytes(8);
                return 1;
            }
            default -> throw new IOException("constant of unknown kind " + tag);
        }
        return 0;
    }

    private int index(int place) {
        return at(place) instanceof Integer index ? index : 0;
    }

    private String text(int place) {
        return at(place) instanceof String text ? text : "";
    }

    /** A class file can name places that it does not have. */
    private @Nullable Object at(int place) {
        return place < pool.length ? pool[place] : null;
    }
}
