/** What a plugin sees. */
module dev.patchbay.spi {
    requires static org.jspecify;

    exports dev.patchbay.spi;
}
