package dev.patchbay.langchain4j;

import org.junit.jupiter.api.Tag;

/** The same with the part that waits. */
@Tag("soak")
final class StreamingCancellationContractTest extends StreamingChatModelContractTest {

    @Override
    protected boolean supportsStreamingCancellation() {
        return true;
    }
}
