package com.example.sample;

import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderPlugin;
import java.util.List;

/** A plugin that tests put into jars. */
public final class SamplePlugin implements ProviderPlugin {

    @Override
    public String id() {
        return "sample";
    }

    @Override
    public List<Dialect> dialects() {
        return List.of(new SampleDialect());
    }
}
