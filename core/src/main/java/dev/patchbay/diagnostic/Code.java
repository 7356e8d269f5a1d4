package dev.patchbay.diagnostic;

/**
 * What kind of problem a {@link Diagnostic} reports; the numbers never change meaning (provider-files.md, section 5).
 *
 * <p>By hundred: 0 syntax, 1 shape, 2 environment and secrets, 3 security, 4 merge and lookup, 5 plugins, 6 what an
 * upstream answered.
 */
public enum Code {
    YAML_SYNTAX(1, "The file is not YAML."),
    UNREADABLE_FILE(2, "A file or folder that was named is not there or cannot be read."),
    FILE_TOO_LARGE(3, "A provider file is larger than 1 MiB."),
    NOT_UTF8(4, "The file is not encoded in UTF-8."),
    CONTROL_CHARACTER(5, "The file contains a character that YAML does not allow."),
    TOO_DEEP(6, "Mappings and lists are nested deeper than 20 levels."),
    TOO_MANY_ALIASES(7, "More than 10 aliases of mappings or lists are used."),
    UNKNOWN_ANCHOR(8, "An alias names an anchor that is not defined before it."),
    TAG(9, "YAML tags such as !!str are not accepted."),
    MERGE_KEY(10, "The YAML merge key << is not accepted; extends does this."),
    DUPLICATE_KEY(11, "A mapping has the same key twice."),
    TAB(12, "A tab indents a line; YAML wants spaces."),
    SEVERAL_DOCUMENTS(13, "The file holds more than one YAML document."),
    EMPTY_FILE(14, "The file holds nothing."),
    NOT_A_MAPPING(15, "The top of the file is not a mapping."),
    KEY_NOT_TEXT(16, "The key of a mapping is not a plain text."),
    UNQUOTED_REFERENCE(17, "A ${NAME} stands unquoted inside braces or brackets, where YAML reads its brace itself."),
    SKIPPED_FILE(
            18, "A file or folder among the provider files is not read, though it looks as if it was meant to be."),

    UNKNOWN_KEY(101, "A key is not known at its place."),
    WRONG_TYPE(102, "A value is of another type than its field."),
    MISSING_FIELD(103, "A field that is needed is missing."),
    BAD_VALUE(104, "A value is not one of those that its field accepts."),
    DURATION_UNIT(105, "A duration is not written as a number with a unit."),
    NOT_SUPPORTED_YET(106, "A field or value is reserved, and this version does not do it yet."),
    BAD_ID(107, "An id does not match [a-z0-9][a-z0-9._-]{0,63}."),
    BAD_URL(108, "A URL cannot be used."),
    BAD_HEADER(109, "The name or the value of a header cannot be sent."),
    BAD_NUMBER(110, "A number is not written as one, or is outside its range."),
    CONFLICT(111, "Two fields that exclude each other are both given."),
    BAD_PATH(112, "The path of an endpoint or a body rule cannot be used."),
    CA_FILE(113, "A file of certificates is not there, cannot be read or holds none."),
    BAD_FILE_NAME(114, "A text cannot be the name of a file or an argument of a program."),

    UNSET_VARIABLE(201, "A variable that the definition refers to is not set, empty or blank."),
    REFERENCE_SYNTAX(
            202, "A reference to a variable is not written as $NAME, ${NAME}, ${NAME:-default} or ${NAME:?text}."),
    FOREIGN_REFERENCE(203, "A reference to a variable is written as another tool writes it."),
    KEY_CHARACTER(204, "A key contains a character that no key contains."),
    PLACEHOLDER_KEY(205, "A key is the placeholder of an example."),
    KEY_TRIMMED(206, "A variable has white space around its value, which is left out."),
    SECRET_FORM(207, "A secret is not written as one of the secret forms."),
    SECRET_FILE(208, "A file that holds a secret is not there, cannot be read, or can be read by others."),
    SECRET_COMMAND(209, "A command that is to print a secret failed."),
    SHORT_KEY(210, "A key is shorter than eight characters."),

    CREDENTIAL_DROPPED(301, "A credential belongs to another origin than the provider's, and is not sent there."),
    INSECURE_HTTP(302, "A credential would go over plain HTTP to a public host."),
    LITERAL_KEY(303, "A key is written into the file."),
    USER_INFO(304, "A URL holds a user name, a password or a key."),
    FOREIGN_ENDPOINT(305, "An endpoint is at another origin than the base URL and has no auth of its own."),
    UNVERIFIED_TLS(306, "The certificate of the provider is not checked."),

    ID_TWICE(401, "An id is defined twice in one layer."),
    SHADOWED(402, "A definition is replaced by one of the same id in a higher layer."),
    UNKNOWN_PROVIDER(403, "No provider has that id."),
    UNKNOWN_DIALECT(404, "No dialect has that id."),
    UNKNOWN_AUTH(405, "No way to authenticate has that name."),
    EXTENDS_CYCLE(406, "Definitions extend each other in a circle."),
    EXTENDS_TOO_LONG(407, "A chain of extends is longer than 8."),
    ALIAS_IS_MODEL(408, "An alias is also the id of a model."),
    UNKNOWN_MODEL(409, "A launch, an alias or the default model names a model that is not listed."),
    NOTHING_REMOVED(410, "A null removes an entry that nothing defines."),
    DEFAULT_TWICE(411, "The default provider is set twice in one layer."),
    BASE_INVALID(412, "The definition that is extended cannot be used."),
    PROVIDER_DISABLED(413, "The provider is disabled."),
    FALLBACK_CYCLE(414, "Fallbacks lead in a circle."),
    LAST_GOOD_KEPT(415, "A file changed to something that cannot be used; the provider stays as it was."),
    RELOAD_FAILED(416, "Files that changed could not be read again; everything stays as it was."),
    DEFINITION_FAILED(417, "A definition could not be read, for a reason that no check foresaw."),

    PLUGIN_REJECTED(501, "A plugin was rejected."),
    PLUGIN_CONFLICT(502, "Two plugins bring the same thing."),
    DIALECT_REFUSES(503, "The dialect does not accept the definition."),
    PLUGIN_DEFAULT(504, "A plugin jar names a default provider, which does not count."),

    ADDRESS_NOT_FOUND(601, "The provider answered that there is nothing at the address."),
    PARAMETER_REFUSED(602, "The provider refused a parameter of the request."),
    TLS_FAILED(603, "The certificate of the provider is not trusted.");

    private final int number;
    private final String sentence;

    Code(int number, String sentence) {
        this.number = number;
        this.sentence = sentence;
    }

    /** {@code E201}: the letter E and three digits. */
    public String id() {
        String digits = Integer.toString(number);
        return "E" + "000".substring(digits.length()) + digits;
    }

    /** Whether the file cannot be read where it points. */
    public boolean isSyntax() {
        return number < 100;
    }

    /** Whether a key is missing, cannot be one, or may not be sent. */
    public boolean isOfSecrets() {
        return number >= 200 && number < 400;
    }

    /** What it means, in one sentence. */
    public String sentence() {
        return sentence;
    }

    /** Why it matters, in one or two sentences. */
    public String why() {
        return CodeAdvice.why(this);
    }

    /** What to do about it, in one or two sentences. */
    public String remedy() {
        return CodeAdvice.remedy(this);
    }
}
