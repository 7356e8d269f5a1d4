package dev.patchbay.config.schema;

import java.util.Set;

/**
 * The names that the plugins at hand add to those of the table.
 *
 * @param dialects ids of dialects, core's own included
 * @param authTypes types of authentication, core's own included
 * @param secretSchemes keys of secret forms, without core's own
 */
public record Vocabulary(Set<String> dialects, Set<String> authTypes, Set<String> secretSchemes) {

    /** What core speaks itself. */
    public static final Set<String> CORE_DIALECTS = Set.of("openai-chat", "anthropic-messages");

    /** What core knows itself. */
    public static final Set<String> CORE_AUTH_TYPES = Set.of("none", "bearer", "header");

    /** The secret forms that are core's own. */
    public static final Set<String> CORE_SECRET_FORMS = Set.of("env", "file", "command");
}
