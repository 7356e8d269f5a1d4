/** An application that requires the core and nothing else of it. */
module com.example.modular {
    requires dev.patchbay.core;
}
