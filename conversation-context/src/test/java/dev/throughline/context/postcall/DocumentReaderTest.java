package dev.throughline.context.postcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.context.postcall.DocumentReader.Read;
import dev.throughline.context.postcall.DocumentReader.TooLongException;
import dev.throughline.platform.web.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentReaderTest {

    private static final int MEGABYTE = 1 << 20;

    @Test
    void shouldPassOverARecordingLongerThanAnyHeap() throws Exception {
        long megabytes = Runtime.getRuntime().maxMemory() / MEGABYTE + 64;
        InputStream body = new SequenceInputStream(Collections.enumeration(List.of(
                text("{\"type\":\"post_call_audio\",\"data\":{\"conversation_id\":\"c1\",\"full_audio\":\""),
                new Letters(megabytes * MEGABYTE),
                text("\"},\"event_timestamp\":7}"))));

        Read read = DocumentReader.read(body, 1_000);

        assertThat(read.audio()).isTrue();
        assertThat(read.json().at("/data/conversation_id").asText()).isEqualTo("c1");
        assertThat(read.json().path("event_timestamp").asInt()).isEqualTo(7);
        assertThat(read.json().path("data").has("full_audio")).isFalse();
    }

    @Test
    void shouldKeepEverythingElseAsItIs() throws Exception {
        String json = "{\"a\":[1,2.5,true,null,{\"b\":\"\\u00e9\"}],\"c\":{}}";

        Read read = DocumentReader.read(text(json), 1_000);

        assertThat(read.audio()).isFalse();
        assertThat(read.json()).hasToString("{\"a\":[1,2.5,true,null,{\"b\":\"é\"}],\"c\":{}}");
    }

    @Test
    void shouldRefuseWhatIsTooLongOrNoDocument() {
        assertThatThrownBy(() -> DocumentReader.read(text("{\"a\":\"" + "x".repeat(2_000) + "\"}"), 1_000))
                .isInstanceOf(TooLongException.class);
        for (String wrong : List.of("", "[]", "{", "{}{}", "\"text\"", "{\"a\":}")) {
            assertThatThrownBy(() -> DocumentReader.read(text(wrong), 1_000))
                    .as(wrong)
                    .isInstanceOf(Problem.class);
        }
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** So many letters that are nowhere in memory. */
    private static final class Letters extends InputStream {
        private long left;

        Letters(long count) {
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'A' : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int some = (int) Math.min(left, length);
            Arrays.fill(into, from, from + some, (byte) 'A');
            left -= some;
            return some;
        }
    }
}
