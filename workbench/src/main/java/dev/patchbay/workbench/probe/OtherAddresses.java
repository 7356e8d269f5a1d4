package dev.patchbay.workbench.probe;

import dev.patchbay.codec.OperationPath;
import dev.patchbay.codec.OperationPath.Root;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.dialect.Dialects;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Operation;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where the operations of a provider may be instead: with {@code /v1} or without (provider-files.md, section 2.4). */
final class OtherAddresses {

    private static final String VERSION = "/v1";

    private OtherAddresses() {}

    static List<SuggestedSetting> of(Definition definition) {
        Optional<URI> base = definition.baseUrl();
        Optional<WireDialect> dialect = Dialects.find(definition.dialect()).filter(OtherAddresses::isPlacedByTheRule);
        // A query may hold a key, and Azure's deployments have a rule of their own.
        if (dialect.isEmpty()
                || base.isEmpty()
                || base.get().getRawQuery() != null
                || base.get().toString().contains("/openai/deployments")) {
            return List.of();
        }
        String text = base.get().toString().replaceAll("/+$", "");
        if (text.endsWith(VERSION)) {
            String shorter = text.substring(0, text.length() - VERSION.length());
            String path = URI.create(shorter).getRawPath();
            return path == null || path.isEmpty()
                    ? atTheHost(definition, dialect.get())
                    : List.of(SuggestedSettings.baseUrl(URI.create(shorter)));
        }
        boolean bare =
                base.get().getRawPath() == null || base.get().getRawPath().matches("/*");
        return bare
                ? atTheHost(definition, dialect.get())
                : List.of(SuggestedSettings.baseUrl(URI.create(text + VERSION)));
    }

    /** Whether {@code /v1} depends on how the base URL is written. */
    private static boolean isPlacedByTheRule(WireDialect dialect) {
        return dialect.path(dialect.operation(), true)
                .map(OperationPath::root)
                .filter(root -> root == Root.OPENAI || root == Root.OPENAI_DEPLOYMENT)
                .isPresent();
    }

    /** The rule gives {@code /v1} to a base URL without a path, so that being without it takes an endpoint. */
    private static List<SuggestedSetting> atTheHost(Definition definition, WireDialect dialect) {
        boolean placed = Operation.of(dialect.operation())
                .filter(definition.endpoints()::containsKey)
                .isPresent();
        return placed ? List.of() : List.of(SuggestedSettings.atTheHost(dialect));
    }
}
