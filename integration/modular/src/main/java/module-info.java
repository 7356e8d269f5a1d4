/** An application that requires the core and nothing else of Patchbay. */
module com.example.modular {
    requires dev.patchbay.core;
    requires jdk.httpserver;
}
