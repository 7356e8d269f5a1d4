package com.example.lines;

import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderPlugin;
import java.util.List;

/** What the jar brings; named in {@code META-INF/services}. */
public final class LinePlugin implements ProviderPlugin {

    @Override
    public String id() {
        return "line-dialect";
    }

    @Override
    public List<Dialect> dialects() {
        return List.of(new LineDialect());
    }
}
