/** An application that requires the core, both adapters, and their frameworks by the names of their jars. */
module com.example.adapters {
    requires dev.patchbay.core;
    requires dev.patchbay.langchain4j;
    requires dev.patchbay.springai;
    requires langchain4j.core;
    requires spring.ai.model;
}
