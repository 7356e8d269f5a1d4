package com.example.sample;

import dev.patchbay.spi.ProviderPlugin;
import java.util.concurrent.CountDownLatch;

/** A plugin that leaves a shutdown hook behind which never returns. */
public final class EndlessHookPlugin implements ProviderPlugin {

    /** Leaves it. */
    public EndlessHookPlugin() {
        Runtime.getRuntime().addShutdownHook(new Thread(EndlessHookPlugin::waitForEver));
    }

    private static void waitForEver() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException refused) {
                Thread.interrupted();
            }
        }
    }

    @Override
    public String id() {
        return "endless-hook";
    }
}
