package dev.patchbay.workbench.schema;

import dev.patchbay.diagnostic.Code;
import java.util.EnumSet;
import java.util.Set;

/** Which problems a schema can know of: those that one look at one file shows, without plugins, variables and other files. */
final class Expressible {

    private static final Set<Code> CODES = EnumSet.of(
            Code.DUPLICATE_KEY,
            Code.UNKNOWN_KEY,
            Code.WRONG_TYPE,
            Code.MISSING_FIELD,
            Code.BAD_VALUE,
            Code.DURATION_UNIT,
            Code.NOT_SUPPORTED_YET,
            Code.BAD_ID,
            Code.BAD_URL,
            Code.BAD_HEADER,
            Code.BAD_NUMBER,
            Code.CONFLICT,
            Code.BAD_PATH,
            Code.REFERENCE_SYNTAX,
            Code.FOREIGN_REFERENCE,
            Code.SECRET_FORM,
            Code.USER_INFO);

    /** The editor's YAML parser reports these, or not; all but a key that is there twice, as the items of a list are checked. */
    private static final Set<Code> SYNTAX = EnumSet.range(Code.YAML_SYNTAX, Code.SKIPPED_FILE);

    /** What variables hold, and what files and commands give. */
    private static final Set<Code> ENVIRONMENT = EnumSet.of(
            Code.UNSET_VARIABLE,
            Code.KEY_CHARACTER,
            Code.PLACEHOLDER_KEY,
            Code.KEY_TRIMMED,
            Code.SECRET_FILE,
            Code.CA_FILE,
            Code.SECRET_COMMAND,
            Code.BAD_FILE_NAME,
            Code.SHORT_KEY);

    /** Where a key goes, after merging; and who may read the file. */
    private static final Set<Code> SECURITY = EnumSet.of(
            Code.CREDENTIAL_DROPPED, Code.INSECURE_HTTP, Code.LITERAL_KEY, Code.FOREIGN_ENDPOINT, Code.UNVERIFIED_TLS);

    /** What other definitions, files and layers say. */
    private static final Set<Code> LOOKUP = EnumSet.range(Code.ID_TWICE, Code.DEFINITION_FAILED);

    private static final Set<Code> PLUGINS = EnumSet.range(Code.PLUGIN_REJECTED, Code.PLUGIN_DEFAULT);

    private static final Set<Code> UPSTREAM = EnumSet.range(Code.ADDRESS_NOT_FOUND, Code.TLS_FAILED);

    private Expressible() {}

    /** Those that a schema can know of; the others count as accepted. */
    static Set<Code> of(Set<Code> found) {
        Set<Code> known = EnumSet.copyOf(CODES);
        known.retainAll(found);
        return known;
    }

    /** The codes of which it is said whether a schema can know of them. */
    static Set<Code> judged() {
        Set<Code> judged = EnumSet.copyOf(CODES);
        for (Set<Code> beyond : Set.of(SYNTAX, ENVIRONMENT, SECURITY, LOOKUP, PLUGINS, UPSTREAM)) {
            judged.addAll(beyond);
        }
        return judged;
    }
}
