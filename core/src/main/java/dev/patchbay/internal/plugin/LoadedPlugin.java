package dev.patchbay.internal.plugin;

import dev.patchbay.diagnostic.Printable;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.SecretSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a plugin brought, asked of it once and kept.
 *
 * @param id the plugin's id
 * @param jar the jar it came from; empty for one on the class path or passed in code
 * @param dialects guarded: whatever they throw is a {@link dev.patchbay.spi.ProviderException}
 * @param authenticators guarded likewise
 * @param secretSources guarded likewise
 * @param definitions its provider files, read
 */
public record LoadedPlugin(
        String id,
        Optional<Path> jar,
        List<Dialect> dialects,
        List<Authenticator> authenticators,
        List<SecretSource> secretSources,
        List<DefinitionFile> definitions) {

    public LoadedPlugin {
        dialects = List.copyOf(dialects);
        authenticators = List.copyOf(authenticators);
        secretSources = List.copyOf(secretSources);
        definitions = List.copyOf(definitions);
    }

    /** A provider file inside a plugin. Immutable as long as nobody writes to {@link #content()}. */
    public static final class DefinitionFile {

        private final String name;
        private final byte[] content;

        /**
         * A file that was read.
         *
         * @param name what messages call it, such as {@code built-in:anthropic.yaml}; what would not show in it is written
         *     out
         * @param content its bytes; not copied
         */
        public DefinitionFile(String name, byte[] content) {
            this.name = Printable.line(name);
            this.content = content;
        }

        public String name() {
            return name;
        }

        /** Its bytes; not a copy. */
        public byte[] content() {
            return content;
        }
    }
}
