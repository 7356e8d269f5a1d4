package com.example.sample;

import dev.patchbay.spi.ProviderPlugin;
import java.util.concurrent.locks.LockSupport;

/** Never says who it is. */
public final class WaitingPlugin implements ProviderPlugin {

    @Override
    public String id() {
        while (true) {
            LockSupport.park(this);
        }
    }
}
