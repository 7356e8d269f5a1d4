package dev.patchbay.daemon.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.internal.attach.AttachedFile;
import dev.patchbay.spi.ContentBlock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Attachments of a request as blocks of the question. What each is, is found by its content, never by what it is said to be. */
final class AttachmentBlocks {

    private static final String NAME = "attachments";
    private static final int MOST = 100;

    private AttachmentBlocks() {}

    /** The blocks; what is wrong with one is noted. */
    static List<ContentBlock> of(Fields fields) {
        JsonNode list = fields.raw(NAME);
        List<ContentBlock> blocks = new ArrayList<>();
        if (list.isMissingNode() || list.isNull()) {
            return blocks;
        }
        if (!list.isArray() || list.size() > MOST) {
            fields.refuse(NAME, "must be a list of at most " + MOST + " files");
            return blocks;
        }
        for (JsonNode file : list) {
            fields.checked(NAME, () -> blocks.add(block(file)));
        }
        return blocks;
    }

    private static ContentBlock block(JsonNode file) {
        String name = file.path("name").asText();
        if (name.isEmpty() || !file.path("data").isTextual()) {
            throw new IllegalArgumentException("each has a name, and data in Base64");
        }
        byte[] bytes = decoded(name, file.path("data").textValue());
        try {
            return AttachedFile.of(name, bytes).block();
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException("'" + name + "' " + unfit.getMessage(), unfit);
        }
    }

    private static byte[] decoded(String name, String base64) {
        try {
            // What is no Base64 is not passed over, as a decoder of mails does: something else would be sent.
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException("the data of '" + name + "' is no Base64", none);
        }
    }
}
