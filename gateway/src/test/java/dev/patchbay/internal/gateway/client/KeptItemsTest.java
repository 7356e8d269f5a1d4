package dev.patchbay.internal.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** P1 and 1.10: items of earlier answers, for who names them. */
class KeptItemsTest {

    private final AtomicLong now = new AtomicLong();
    private final KeptItems kept = new KeptItems(now::get);
    private final KeptItems.Of mine = kept.of("mine");

    @Test
    void givesAnItemToWhoeverWasSentItAndToNobodyElse() {
        mine.keep(item("msg_1", "a"));

        assertThat(mine.find("msg_1")).contains(item("msg_1", "a"));
        assertThat(kept.of("mine").find("msg_1")).isPresent();
        assertThat(kept.of("yours").find("msg_1")).isEmpty();
        assertThat(mine.find("msg_2")).isEmpty();
    }

    @Test
    void forgetsWhatWasNotUsedForAnHour() {
        mine.keep(item("used", "a"));
        mine.keep(item("unused", "a"));
        now.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(mine.find("used")).isPresent();
        now.addAndGet(Duration.ofMinutes(2).toNanos());

        assertThat(mine.find("used")).isPresent();
        assertThat(mine.find("unused")).isEmpty();
    }

    @Test
    void forgetsTheLongestUnusedWhereThereIsTooMuch() {
        String mebibyte = "x".repeat(1 << 20);
        for (int i = 0; i < 20; i++) {
            mine.keep(item("msg_" + i, mebibyte));
            mine.find("msg_0");
        }

        assertThat(mine.find("msg_0")).isPresent();
        assertThat(mine.find("msg_1")).isEmpty();
        assertThat(mine.find("msg_19")).isPresent();
    }

    private static ObjectNode item(String id, String text) {
        return Json.object().put("id", id).put("text", text);
    }
}
