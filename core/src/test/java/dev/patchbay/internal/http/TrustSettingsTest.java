package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.Definition;
import dev.patchbay.provider.TlsSettings;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Golden;
import dev.patchbay.testkit.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a provider's connections trust (provider-files.md, section 2.2, tls). */
final class TrustSettingsTest {

    private static final Golden GOLDEN = Golden.files();

    private static TestCertificates certificates;
    private static Path other;

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificates = TestCertificates.create(folder);
        Path others = Files.createDirectory(folder.resolve("others"));
        other = TestCertificates.createOthers(others).authority();
    }

    @Test
    void aPrivateAuthorityIsTrustedWhereTheFileNamesIt() {
        try (FakeProvider fake = FakeProvider.startTls(certificates.server());
                ChatFixture chat = new ChatFixture()) {
            assertThat(chat.answer(definition(chat, fake, caFile(certificates.authority()))))
                    .isEqualTo(FakeProvider.DEFAULT_TEXT);
            assertThat(chat.failure(definition(chat, fake, TlsSettings.DEFAULT)))
                    .as("another provider does not trust it")
                    .hasMessageContaining("is not trusted here");
            assertThat(fake.requests()).hasSize(1);
        }
    }

    @Test
    void theFailuresSayIssuerAndLineToAdd() {
        String untrusted = told(failureAt(certificates.server(), TlsSettings.DEFAULT));
        String otherAuthority = told(failureAt(certificates.server(), caFile(other)));
        GOLDEN.replacing(folder, "<folder>").check("TrustSettingsTest/untrusted.txt", untrusted + otherAuthority);
    }

    @Test
    void anExpiredCertificateIsRefusedThoughItsAuthorityIsTrusted() {
        String expired = told(failureAt(certificates.expiredServer(), caFile(certificates.authority())));
        GOLDEN.normalising(text -> text.replaceAll("\\d{4}-\\d\\d-\\d\\d", "<day>"))
                .check("TrustSettingsTest/expired.txt", expired);
        assertThat(expired)
                .contains("expired on " + LocalDate.now(ZoneOffset.UTC).minusDays(5));
    }

    @Test
    void anyCertificateIsAcceptedWhereItIsNotVerified() {
        try (FakeProvider fake = FakeProvider.startTls(certificates.expiredServer());
                ChatFixture chat = new ChatFixture()) {
            assertThat(chat.answer(definition(chat, fake, new TlsSettings(Optional.empty(), true))))
                    .isEqualTo(FakeProvider.DEFAULT_TEXT);
        }
    }

    @Test
    void aFileWithoutCertificatesFailsBeforeAnythingIsSent() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        ProviderException failure = failureAt(certificates.server(), caFile(broken));
        assertThat(failure).hasMessage("the certificates in " + broken + " cannot be used");
        assertThat(failure.isRetryable()).isFalse();
    }

    private static ProviderException failureAt(SSLContext server, TlsSettings tls) {
        try (FakeProvider fake = FakeProvider.startTls(server);
                ChatFixture chat = new ChatFixture()) {
            ProviderException failure = chat.failure(definition(chat, fake, tls));
            assertThat(fake.requests()).isEmpty();
            return failure;
        }
    }

    private static String told(ProviderException failure) {
        return failure.getMessage() + "\nhelp: " + failure.help().orElseThrow() + "\n";
    }

    private static TlsSettings caFile(Path file) {
        return new TlsSettings(Optional.of(file), false);
    }

    private static Definition definition(ChatFixture chat, FakeProvider fake, TlsSettings tls) {
        return chat.definition()
                .baseUrl(fake.baseUrl("/v1"))
                .http(ChatFixture.quick(0).withTls(tls))
                .build();
    }
}
