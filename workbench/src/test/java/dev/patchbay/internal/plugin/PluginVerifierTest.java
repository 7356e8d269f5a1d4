package dev.patchbay.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.workbench.verify.PluginVerifier;
import dev.patchbay.workbench.verify.Verification;
import dev.patchbay.workbench.verify.VerifierCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found out about a jar before anyone drops it in. */
class PluginVerifierTest {

    /** Speaks with nobody well: each of these faults is one that a host survives and a user suffers. */
    private static final String CARELESS = """
            public class Careless implements Dialect {
              private static SecretRef key;
              public String id() { return "careless"; }
              public List<Option> options() {
                return List.of(
                    Option.of("mode", Option.Type.STRING).oneOf("fast", "slow").withDefault("medium").describedAs("How."),
                    Option.of("key", Option.Type.SECRET).required().describedAs("The key."),
                    Option.of("size", Option.Type.INTEGER),
                    Option.of("region", Option.Type.STRING).describedAs("Where."));
              }
              public List<Problem> validate(ProviderDefinition definition) {
                if (definition.options().string("mode").filter("slow"::equals).isPresent()) {
                  return List.of(new Problem("options.mode", "nobody wants slow"));
                }
                return definition.options().string("region").filter("text"::equals).isPresent()
                    ? List.of(new Problem("options.region", "not a region")) : List.of();
              }
              public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
                Secret secret = context.secret(definition.options().secret("key").get());
                try { new java.net.Socket("127.0.0.1", definition.baseUrl().get().getPort()).close(); }
                catch (java.io.IOException e) { }
                return new ChatClient() {
                  private boolean closed;
                  public ChatStream stream(ChatRequest request) {
                    System.out.println("using " + secret.reveal());
                    HttpReply reply = context.http().send(HttpCall.get(definition.baseUrl().get()));
                    throw new IllegalStateException("status " + reply.status() + " with " + secret.reveal());
                  }
                  public void close() {
                    if (closed) { throw new IllegalStateException("closed already"); }
                    closed = true;
                  }
                };
              }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void aSoundPluginPassesEveryCheck() {
        Path jar = BrokenJars.withDialect("words", "good-words").writeTo(folder.resolve("words.jar"));

        Verification verification = verify(jar);

        assertThat(lines(verification))
                .containsExactly(
                        "PASSED plugin words: loads",
                        "PASSED dialect good-words: describes itself well",
                        "PASSED dialect good-words: does nothing before a request is made",
                        "PASSED dialect good-words: closes twice",
                        "PASSED dialect good-words: answers",
                        "PASSED dialect good-words: asks no context class loader",
                        "PASSED keeps secrets to itself");
        assertThat(verification.isPassed()).isTrue();
    }

    @Test
    void whatACarelessDialectDoesWrongIsNamed() {
        Verification verification = verify(careless());

        assertThat(lines(verification))
                .contains(
                        "FAILED dialect careless: describes itself well: the default of option mode is not one of its"
                                + " values; option size has no description",
                        "PASSED dialect careless: option key",
                        "PASSED dialect careless: option size",
                        "SKIPPED dialect careless: option region: refuses text, which was a guess: options.region: not a region",
                        "FAILED dialect careless: does nothing before a request is made: connect opened a connection;"
                                + " connect resolved a secret",
                        "FAILED dialect careless: closes twice: the second close: plugin careless: ChatClient.close failed with"
                                + " IllegalStateException: closed already",
                        "FAILED keeps secrets to itself: a secret shows in an exception; a secret shows in the standard output")
                .anyMatch(line -> line.startsWith("FAILED dialect careless: option mode: refuses 'medium'"))
                .anyMatch(line -> line.startsWith(
                                "FAILED dialect careless: maps statuses: status 400: plugin careless:"
                                        + " ChatClient.stream failed with IllegalStateException: status 400 with (the secret); status 401")
                        && line.endsWith("; and 9 more"))
                .anyMatch(line -> line.startsWith("FAILED dialect careless: honours Retry-After"))
                .anyMatch(line -> line.startsWith("FAILED dialect careless: fails where the answer cannot be read"));
        assertThat(verification.isPassed()).isFalse();
    }

    @Test
    void noSecretIsInTheReport() {
        assertThat(lines(verify(careless()))).noneMatch(line -> line.contains("canary"));
    }

    @Test
    void aJarThatAHostRejectsFailsWithTheReasonOfTheHost() throws IOException {
        BrokenJars.writeTo(folder);
        try (LoadedPlugins loaded =
                PluginLoader.builder().directory(folder).build().load()) {
            for (PluginOutcome.Rejected rejected : loaded.rejected()) {
                if (rejected.id().isEmpty()) {
                    Verification verification = verify(rejected.origin().path().orElseThrow());
                    assertThat(lines(verification)).containsExactly("FAILED loads: " + rejected.reason());
                }
            }
        }
    }

    @Test
    void aProviderFileWithErrorsFailsAndTheErrorsAreThere() throws IOException {
        BrokenJars.writeTo(folder);

        Verification verification = verify(folder.resolve("definitions-with-errors.jar"));

        assertThat(lines(verification))
                .containsExactly(
                        "PASSED plugin definitions-with-errors: loads", "FAILED provider file wrong.yaml: 1 error");
        assertThat(verification.problems()).hasSize(1);
    }

    @Test
    void aNameOfABuiltInPluginCannotBeHad() {
        Path jar = PluginJar.forThisHost()
                .plugin("mine", "public List<Dialect> dialects() { return List.of(new Words()); }")
                .source("Words", BrokenJars.DIALECT_SOURCE.replace("DIALECT_ID", "openai-chat"))
                .writeTo(folder.resolve("mine.jar"));

        assertThat(lines(verify(jar)))
                .singleElement()
                .asString()
                .startsWith("FAILED plugin mine: loads: dialect 'openai-chat'");
    }

    @Test
    void anOptionThatIsDeclaredTwiceIsRefusedBeforeItMakesProviderFilesFail() {
        Path jar = wordsWith("public List<Option> options() { return List.of(Option.of(\"a\", Option.Type.STRING),"
                + " Option.of(\"a\", Option.Type.STRING)); }");

        assertThat(lines(verify(jar)))
                .containsExactly("FAILED plugin words: loads: dialect 'good-words' declares the option a twice");
    }

    @Test
    void aValidationThatThrowsMakesOneProviderFailAndNotAll() {
        Path jar = wordsWith("public List<Problem> validate(ProviderDefinition definition)"
                + " { return List.of(new Problem(null, null)); }");

        Verification verification = verify(jar);

        assertThat(lines(verification))
                .contains("FAILED dialect good-words: validates: plugin words: Dialect.validate failed with"
                        + " NullPointerException: the path of a problem is null");
    }

    private Path wordsWith(String member) {
        return BrokenJars.withDialect("words", "good-words")
                .source(
                        "Words",
                        BrokenJars.DIALECT_SOURCE
                                .replace("DIALECT_ID", "good-words")
                                .replace("public boolean needsBaseUrl", member + " public boolean needsBaseUrl"))
                .writeTo(folder.resolve("words.jar"));
    }

    @Test
    void aPluginThatNeverComesBackIsGivenUp() {
        Path jar = PluginJar.forThisHost()
                .plugin("slow", "public List<Dialect> dialects() { return List.of(new Words()); }")
                .source(
                        "Words",
                        BrokenJars.DIALECT_SOURCE
                                .replace("DIALECT_ID", "slow")
                                .replace(
                                        "return request",
                                        "java.util.concurrent.locks.LockSupport.parkNanos(Long.MAX_VALUE); return request"))
                .writeTo(folder.resolve("slow.jar"));

        Verification verification = new PluginVerifier(Duration.ofSeconds(1)).verify(jar);

        assertThat(lines(verification)).contains("FAILED dialect slow: answers or fails: did not come back within 1 s");
    }

    /** The trial calls nobody who asks for a credential, and goes without the options of who would make one. */
    @Test
    void theOptionsOfAnAuthenticatorKeepNoDialectFromBeingTried() {
        Path jar = PluginJar.forThisHost()
                .plugin("signing", """
                        public List<Dialect> dialects() { return List.of(new Words()); }
                        public List<Authenticator> authenticators() { return List.of(new Signing()); }
                        """)
                .source("Words", BrokenJars.DIALECT_SOURCE.replace("DIALECT_ID", "signed-words"))
                .source("Signing", """
                        public class Signing implements Authenticator {
                          public String type() { return "signing"; }
                          public List<Option> options() {
                            return List.of(
                                Option.of("audience", Option.Type.STRING).required().describedAs("Whom it is for."),
                                Option.of("scope", Option.Type.STRING).describedAs("What for."));
                          }
                          public void authenticate(OutgoingRequest request, Credential credential) { }
                        }
                        """)
                .entry("META-INF/providers/signed.yaml", """
                        providers:
                          signed:
                            dialect: signed-words
                            auth: {type: signing, key: $SIGNING_KEY}
                            options: {audience: all}
                        """)
                .writeTo(folder.resolve("signing.jar"));

        assertThat(lines(verify(jar)))
                .contains("PASSED provider file signed.yaml", "PASSED dialect signed-words: answers")
                .noneMatch(line -> line.startsWith("SKIPPED"));
    }

    @Test
    void aFolderOfJarsIsOnePlugin() throws IOException {
        Path together = Files.createDirectory(folder.resolve("together"));
        BrokenJars.withDialect("words", "good-words").writeTo(together.resolve("words.jar"));

        assertThat(verify(together).isPassed()).isTrue();
    }

    @Test
    void aFileOfAnyNameIsLookedInto() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "no jar");

        assertThat(lines(verify(file)))
                .singleElement()
                .asString()
                .startsWith("FAILED loads: it cannot be read as a jar");
    }

    private Path careless() {
        return PluginJar.forThisHost()
                .plugin("careless", "public List<Dialect> dialects() { return List.of(new Careless()); }")
                .source("Careless", CARELESS)
                .writeTo(folder.resolve("careless.jar"));
    }

    private static Verification verify(Path jar) {
        return new PluginVerifier().verify(jar);
    }

    private static List<String> lines(Verification verification) {
        return verification.checks().stream().map(PluginVerifierTest::line).toList();
    }

    private static String line(VerifierCheck check) {
        return Stream.concat(Stream.of(check.state() + " " + check.name()), check.detail().stream())
                .reduce((name, detail) -> name + ": " + detail)
                .orElseThrow();
    }
}
