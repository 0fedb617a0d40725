package dev.throughline.platform.rejection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RejectionsTest {

    @Test
    void shouldExplainOneASecondAndKeepTheLatest() {
        AtomicLong millis = new AtomicLong(1_000_000);
        InstantSource time = () -> Instant.ofEpochMilli(millis.get());
        Rejections rejections = new Rejections(time.withZone(ZoneOffset.UTC));
        for (int flood = 0; flood < 500; flood++) {
            rejections.add(RejectionsTest::rejection);
            millis.addAndGet(200);
        }

        assertThat(rejections.latest()).hasSize(50).first().satisfies(latest -> assertThat(latest.at())
                .isEqualTo(Instant.ofEpochMilli(1_000_000 + 495 * 200)));
    }

    private static Rejection rejection(Instant at) {
        return new Rejection(at, "twilio", "https://a.example.com", null, List.of(), Map.of(), "found", "cure");
    }
}
