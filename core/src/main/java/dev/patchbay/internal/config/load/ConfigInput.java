package dev.patchbay.internal.config.load;

import dev.patchbay.provider.Layer;
import java.nio.file.Path;

/** Something that holds provider files. */
public sealed interface ConfigInput {

    Layer layer();

    /**
     * A file, or a folder of which every {@code *.yaml} is read.
     *
     * @param required whether it must exist
     */
    record OnDisk(Layer layer, Path path, boolean required) implements ConfigInput {}

    /** A file that is not on disk; its bytes are not to be changed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only read
    record InMemory(Layer layer, String name, byte[] bytes) implements ConfigInput {}
}
