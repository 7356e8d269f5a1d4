package dev.patchbay.springboot;

import dev.patchbay.Patchbay;
import dev.patchbay.PatchbayBuilder;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.registry.Reload;
import dev.patchbay.springai.PatchbayChatModel;
import dev.patchbay.springai.PatchbayChatOptions;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.util.ResourceUtils;

/**
 * Registers the {@link Patchbay}, unless the application has one, and a chat model for each of its providers and each name of
 * {@code patchbay.models}: made when it is injected, by its qualifier alone, so that no other chat model has a rival.
 */
final class ModelBeans implements BeanDefinitionRegistryPostProcessor, BeanClassLoaderAware {

    private static final Logger LOG = System.getLogger(ModelBeans.class.getName());

    private static final String PATCHBAY = "patchbay";
    private static final String PREFIX = "patchbay.";

    private final Environment environment;
    private @Nullable ClassLoader loader;

    ModelBeans(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void setBeanClassLoader(ClassLoader applications) {
        this.loader = applications;
    }

    /** A chat model for what {@code model} means; empty: the default provider's default model. */
    static PatchbayChatModel model(BeanFactory beans, String model) {
        Patchbay patchbay = beans.getBean(Patchbay.class);
        PatchbayChatModel.Builder builder = PatchbayChatModel.builder(patchbay);
        if (model.isEmpty()) {
            requireDefault(patchbay.registry());
        } else {
            builder.options(PatchbayChatOptions.builder().model(model).build());
        }
        beans.getBeanProvider(ObservationRegistry.class).ifUnique(builder::observationRegistry);
        beans.getBeanProvider(ChatModelObservationConvention.class).ifUnique(builder::observationConvention);
        try {
            return builder.build();
        } catch (ConfigurationException unusable) {
            throw model.isEmpty() && !patchbay.registry().isDefaultNamed()
                    ? notChosen(patchbay.registry().defaultProvider(), unusable)
                    : unusable;
        }
    }

    /** Who never heard of that provider learns why it is asked for. */
    private static ConfigurationException notChosen(String provider, ConfigurationException unusable) {
        List<Diagnostic> problems = new ArrayList<>(unusable.diagnostics());
        problems.add(Diagnostic.warning(
                        Code.UNKNOWN_PROVIDER,
                        Location.of("patchbay.primary"),
                        "a chat model is wanted and none is named, so that " + provider + " was taken")
                .help(
                        "or set patchbay.primary to another provider, write defaultProvider into a file, or inject one by its @Qualifier")
                .build());
        return new ConfigurationException(problems);
    }

    /** Where several could be meant, an application says which in a way of its own. */
    private static void requireDefault(RegistrySnapshot registry) {
        if (registry.chosenDefault().isPresent()) {
            return;
        }
        throw new ConfigurationException(List.of(Diagnostic.error(
                        Code.UNKNOWN_PROVIDER,
                        Location.of("patchbay.primary"),
                        "a chat model is wanted and none is named: " + String.join(", ", registry.readyToChoose())
                                + " are ready")
                .help(
                        "set patchbay.primary to one of them, write defaultProvider into a file, or inject one by its @Qualifier")
                .build()));
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        PatchbayProperties properties = properties();
        BeanFactory beans = (BeanFactory) registry;
        Map<String, String> models = new LinkedHashMap<>();
        boolean own =
                ((ConfigurableListableBeanFactory) registry).getBeanNamesForType(Patchbay.class, true, false).length
                        > 0;
        if (!own) {
            Patchbay patchbay = open(properties);
            // It is open before there are beans, so that it is closed with the context whether or not one of them came
            // to ask for it.
            DefaultListableBeanFactory opened = (DefaultListableBeanFactory) registry;
            opened.registerDisposableBean(PATCHBAY, patchbay::close);
            opened.registerSingleton(PATCHBAY, patchbay);
            patchbay.registry().providers().stream()
                    .filter(ModelBeans::isOffered)
                    .forEach(provider -> models.put(provider.id(), provider.id() + "/"));
        }
        models.putAll(properties.models());
        models.forEach((name, model) -> register(
                registry,
                beans,
                name,
                model,
                properties.primary().filter(name::equals).isPresent()));
        properties.primary().filter(name -> !models.containsKey(name)).ifPresent(name -> {
            throw unusable(
                    "patchbay.primary",
                    Code.UNKNOWN_PROVIDER,
                    name + " is no provider, and no name among patchbay.models",
                    "set it to one of " + String.join(", ", models.keySet()));
        });
    }

    /** A name that is not known is a slip: what it was to say would be missing, and something else would be reported. */
    private PatchbayProperties properties() {
        return Binder.get(environment)
                .bind(
                        "patchbay",
                        Bindable.of(PatchbayProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()))
                .orElseGet(PatchbayProperties::none);
    }

    private static ConfigurationException unusable(String property, Code code, String message, String help) {
        return new ConfigurationException(List.of(Diagnostic.error(code, Location.of(property), message)
                .help(help)
                .build()));
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        // Definitions were all there was to add.
    }

    private static boolean isOffered(Provider provider) {
        return provider.state() != ProviderState.DISABLED && provider.state() != ProviderState.SHADOWED;
    }

    private static void register(
            BeanDefinitionRegistry registry, BeanFactory beans, String name, String model, boolean primary) {
        RootBeanDefinition bean = new RootBeanDefinition(PatchbayChatModel.class, () -> model(beans, model));
        bean.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
        bean.setLazyInit(true);
        bean.setPrimary(primary);
        bean.setDefaultCandidate(primary);
        registry.registerBeanDefinition(PREFIX + name, bean);
    }

    private Patchbay open(PatchbayProperties properties) {
        PatchbayBuilder builder =
                Patchbay.builder().strict(properties.strict()).environment(new SpringVariables(environment));
        properties.config().forEach(location -> builder.config(path(location)));
        properties.pluginDirectory().ifPresent(folder -> builder.pluginDirectory(path(folder)));
        if (properties.userLayer()) {
            builder.userLayer();
        }
        if (properties.watch()) {
            builder.watch(ModelBeans::log);
        }
        return builder.build();
    }

    private Path path(String location) {
        try {
            if (!ResourceUtils.isUrl(location)) {
                return Path.of(location);
            }
            Resource resource = new DefaultResourceLoader(loader).getResource(location);
            return resource.isFile() ? resource.getFile().toPath() : copy(resource);
        } catch (IOException | InvalidPathException unreadable) {
            throw unusable(
                    "patchbay",
                    Code.UNREADABLE_FILE,
                    location + " cannot be read: " + unreadable.getMessage(),
                    "name a file or folder, or with classpath: a file of the application");
        }
    }

    /** Where an application runs from one jar its resources are no files; the folder is the user's alone. */
    private static Path copy(Resource resource) throws IOException {
        Path folder = Files.createTempDirectory("patchbay-config-");
        Path file =
                folder.resolve(Path.of(String.valueOf(resource.getFilename())).getFileName());
        try (InputStream content = resource.getInputStream()) {
            Files.copy(content, file);
        }
        folder.toFile().deleteOnExit();
        file.toFile().deleteOnExit();
        return file;
    }

    private static void log(Reload reload) {
        LOG.log(reload.problems().isEmpty() ? Level.INFO : Level.WARNING, () -> "providers: " + reload.summary());
        reload.problems().forEach(problem -> LOG.log(Level.WARNING, problem::toString));
    }

    private record SpringVariables(Environment environment)
            implements dev.patchbay.internal.config.template.Environment {

        @Override
        public Optional<String> get(String name) {
            return Optional.ofNullable(environment.getProperty(name));
        }

        @Override
        public String description() {
            return "Spring's environment";
        }
    }
}
