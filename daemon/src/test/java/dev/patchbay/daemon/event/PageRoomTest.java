package dev.patchbay.daemon.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Large pages wait for each other. */
final class PageRoomTest {

    @Test
    void aPageThatDoesNotFitIsReadAgainWhenThereIsRoom() throws Exception {
        CountDownLatch again = new CountDownLatch(1);
        try (PageRoom room = new PageRoom(100)) {
            assertThat(room.take(60, () -> {})).isTrue();
            assertThat(room.take(60, again::countDown)).isFalse();
            assertThat(again.getCount()).isOne();

            room.give(60);

            assertThat(again.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(room.take(60, () -> {})).isTrue();
        }
    }

    @Test
    void aPageThatFailsWakesThoseThatWaitBehindIt() throws Exception {
        CountDownLatch behind = new CountDownLatch(1);
        try (PageRoom room = new PageRoom(1)) {
            assertThat(room.take(1, () -> {})).isTrue();
            assertThat(room.take(1, () -> {
                        throw new IllegalStateException("the store cannot be read");
                    }))
                    .isFalse();
            assertThat(room.take(1, behind::countDown)).isFalse();

            room.give(1);

            assertThat(behind.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aPageLargerThanAllRoomIsTakenAlone() {
        try (PageRoom room = new PageRoom(100)) {
            assertThat(room.take(500, () -> {})).isTrue();
            assertThat(room.take(1, () -> {})).isFalse();
        }
    }
}
