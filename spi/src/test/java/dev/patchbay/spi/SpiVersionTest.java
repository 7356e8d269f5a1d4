package dev.patchbay.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpiVersionTest {

    @Test
    void readsTwoNumbersAndAllowsAThird() {
        assertThat(SpiVersion.parse("1.0")).contains(new SpiVersion(1, 0));
        assertThat(SpiVersion.parse(" 2.13.4 ")).contains(new SpiVersion(2, 13));
    }

    @Test
    void readsNothingElse() {
        assertThat(new String[] {"", "1", "1.", "1.x", "v1.0", "1.0-SNAPSHOT", "1.2.3.4", "99999.0"})
                .allSatisfy(text -> assertThat(SpiVersion.parse(text)).isEmpty());
    }

    @Test
    void aHostTakesItsOwnMajorVersionAndNoNewerMinorOne() {
        SpiVersion host = new SpiVersion(2, 3);

        assertThat(host.accepts(new SpiVersion(2, 3))).isTrue();
        assertThat(host.accepts(new SpiVersion(2, 0))).isTrue();
        assertThat(host.accepts(new SpiVersion(2, 4))).isFalse();
        assertThat(host.accepts(new SpiVersion(1, 3))).isFalse();
        assertThat(host.accepts(new SpiVersion(3, 0))).isFalse();
    }
}
