/** Any AI provider, from YAML files and plugins: what an application embeds. */
module dev.patchbay.core {
    requires static org.jspecify;
    requires static com.google.guice;
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.databind;
    requires dev.patchbay.codec;
    requires transitive dev.patchbay.spi;
    requires java.net.http;
    requires org.yaml.snakeyaml;

    exports dev.patchbay;
    exports dev.patchbay.client;
    exports dev.patchbay.diagnostic;
    exports dev.patchbay.guice;
    exports dev.patchbay.provider;
    exports dev.patchbay.registry;
    exports dev.patchbay.session;

    // For Patchbay's other modules alone.
    exports dev.patchbay.internal to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.store,
            dev.patchbay.workbench;
    exports dev.patchbay.internal.adapt to
            dev.patchbay.langchain4j,
            dev.patchbay.springai;
    exports dev.patchbay.internal.config to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.store,
            dev.patchbay.workbench;
    exports dev.patchbay.internal.config.load to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.store,
            dev.patchbay.workbench;
    exports dev.patchbay.internal.config.merge to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.store,
            dev.patchbay.workbench;
    exports dev.patchbay.internal.config.schema to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.store,
            dev.patchbay.workbench;
    exports dev.patchbay.internal.config.secret to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.store,
            dev.patchbay.workbench;
    exports dev.patchbay.internal.config.template to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.springboot,
            dev.patchbay.store,
            dev.patchbay.workbench;
    exports dev.patchbay.internal.config.tree to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.store,
            dev.patchbay.workbench;
    exports dev.patchbay.internal.config.yaml to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.store,
            dev.patchbay.workbench;
    exports dev.patchbay.internal.http to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.store,
            dev.patchbay.workbench;
    exports dev.patchbay.internal.models to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.store,
            dev.patchbay.workbench;
    exports dev.patchbay.internal.plugin to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.store,
            dev.patchbay.workbench;
    exports dev.patchbay.internal.route to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.store,
            dev.patchbay.workbench;
    exports dev.patchbay.internal.runtime to
            dev.patchbay.cli,
            dev.patchbay.daemon,
            dev.patchbay.gateway,
            dev.patchbay.langchain4j,
            dev.patchbay.springai,
            dev.patchbay.store,
            dev.patchbay.workbench;

    uses dev.patchbay.spi.ProviderPlugin;
}
