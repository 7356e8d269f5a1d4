package dev.patchbay.cli.launch;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.UsageException;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.provider.TextWithSecrets;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.spi.ContentBlock;
import java.util.List;

/**
 * Refuses a launch whose files would not arrive: a dialect writes "[image omitted]" where its provider takes none, and whoever
 * attached the file would get an answer about nothing.
 */
public final class UnsentAttachments {

    private UnsentAttachments() {}

    /**
     * Looks at the request as it would be sent.
     *
     * @throws UsageException naming the file and its kind
     */
    public static void refuse(Patchbay patchbay, LaunchRequest request, List<Attachment> attachments) {
        if (attachments.stream().allMatch(file -> file.data().isEmpty())) {
            return;
        }
        String body;
        try {
            body = patchbay.preview(request)
                    .map(preview -> TextWithSecrets.text(preview.body()))
                    .orElse("");
        } catch (ConfigurationException said) {
            // The launch says it, with all that is wrong.
            return;
        }
        for (Attachment file : attachments) {
            if (!body.isEmpty()
                    && file.data().filter(data -> !body.contains(data)).isPresent()) {
                String what = file.name().isEmpty()
                        ? "the conversation holds " + file.kind()
                        : "-f " + file.name() + " is " + file.kind();
                throw new UsageException(what
                        + ", which the provider does not take as it is configured; nothing was sent"
                        + (file.block() instanceof ContentBlock.Document
                                ? "; where it takes PDFs, its file says quirks: {pdf: file}"
                                : ""));
            }
        }
    }
}
