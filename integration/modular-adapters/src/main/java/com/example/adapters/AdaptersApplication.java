package com.example.adapters;

import dev.patchbay.Patchbay;
import java.nio.file.Path;

/** Asks through each adapter on the module path. */
public final class AdaptersApplication {

    private AdaptersApplication() {}

    /** Takes the folder of provider files and the name of a model. */
    public static void main(String[] arguments) {
        try (Patchbay patchbay =
                Patchbay.builder().config(Path.of(arguments[0])).build()) {
            String model = arguments[1];
            System.out.println("LangChain4j: "
                    + dev.patchbay.langchain4j.PatchbayChatModel.of(patchbay, model)
                            .chat("Hello"));
            System.out.println("Spring AI: "
                    + dev.patchbay.springai.PatchbayChatModel.of(patchbay, model)
                            .call("Hello"));
        }
    }
}
