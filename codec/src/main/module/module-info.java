/** Translators between the internal form and the wire dialects; they do no I/O. */
module dev.patchbay.codec {
    requires static org.jspecify;
    requires transitive com.fasterxml.jackson.core;
    requires transitive com.fasterxml.jackson.databind;
    requires transitive dev.patchbay.spi;

    exports dev.patchbay.codec;
    exports dev.patchbay.codec.chat;
    exports dev.patchbay.codec.dialect;
    exports dev.patchbay.codec.json;
    exports dev.patchbay.codec.messages;
    exports dev.patchbay.codec.responses;
    exports dev.patchbay.codec.sse;
}
