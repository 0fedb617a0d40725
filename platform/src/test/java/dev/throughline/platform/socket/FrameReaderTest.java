package dev.throughline.platform.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Netty's encoder writes what is read here. */
class FrameReaderTest {

    private static final int LARGEST = 70_000;
    private static final int[] LENGTHS = {0, 1, 7, 8, 125, 126, 330, 65_535, 65_536, LARGEST};

    private static final class Recorded implements FrameReader.Sink {
        final List<String> told = new ArrayList<>();
        boolean done;

        @Override
        public void onText(byte[] bytes, int length) {
            told.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void onBinary() {
            told.add("BINARY");
        }

        @Override
        public void onTooLarge() {
            told.add("TOO LARGE");
        }

        @Override
        public void onPing(byte[] payload) {
            told.add("PING " + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void onClose(int code, String reason) {
            told.add("CLOSE " + code + " " + reason);
            done = true;
        }

        @Override
        public void onViolation(String what) {
            told.add("VIOLATION " + what);
            done = true;
        }

        @Override
        public boolean isDone() {
            return done;
        }
    }

    @Property(tries = 200)
    void shouldReadWhatWasWrittenHoweverItIsCut(@ForAll long seed, @ForAll boolean fromClient) {
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        List<WebSocketFrame> frames = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String text = "x".repeat(LENGTHS[random.nextInt(LENGTHS.length)]);
            if (random.nextBoolean()) {
                frames.add(new TextWebSocketFrame(text));
                expected.add(text);
            } else {
                int cut = random.nextInt(text.length() + 1);
                frames.add(new TextWebSocketFrame(false, 0, text.substring(0, cut)));
                frames.add(new PingWebSocketFrame(bytes("p" + i)));
                frames.add(new ContinuationWebSocketFrame(false, 0, ""));
                frames.add(new ContinuationWebSocketFrame(true, 0, text.substring(cut)));
                expected.add("PING p" + i);
                expected.add(text);
            }
        }

        assertThat(read(fromClient, encoded(fromClient, frames), random)).isEqualTo(expected);
    }

    @Property(tries = 100)
    void shouldReadPastWhatIsNotWanted(@ForAll long seed) {
        Random random = new Random(seed);
        String large = "y".repeat(LARGEST + 1 + random.nextInt(100_000));
        String half = "z".repeat(LARGEST / 2 + 1);
        List<WebSocketFrame> frames = List.of(
                new TextWebSocketFrame(large),
                new TextWebSocketFrame("first"),
                new TextWebSocketFrame(false, 0, half),
                new ContinuationWebSocketFrame(false, 0, half),
                new PingWebSocketFrame(bytes("p")),
                new ContinuationWebSocketFrame(true, 0, half),
                new BinaryWebSocketFrame(false, 0, bytes(half)),
                new ContinuationWebSocketFrame(true, 0, half),
                new TextWebSocketFrame("last"));

        assertThat(read(true, encoded(true, frames), random))
                .containsExactly("TOO LARGE", "first", "TOO LARGE", "PING p", "BINARY", "last");
    }

    @Property(tries = 1_000)
    void shouldNeverThrowWhateverComes(@ForAll @Size(max = 300) byte[] garbage, @ForAll boolean fromClient) {
        assertThat(read(fromClient, garbage, new Random(1))).isNotNull();
    }

    @Property(tries = 500)
    void shouldNeverThrowOnDamagedFrames(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] frames = encoded(
                true,
                List.of(
                        new TextWebSocketFrame("x".repeat(300)),
                        new PingWebSocketFrame(bytes("p")),
                        new TextWebSocketFrame(false, 0, "a"),
                        new ContinuationWebSocketFrame(true, 0, "b"),
                        new TextWebSocketFrame("y".repeat(300))));
        frames[random.nextInt(frames.length)] = (byte) random.nextInt(256);

        assertThat(read(true, frames, random)).isNotNull();
    }

    @Test
    void shouldTellTheCloseCodeAndNothingAfterIt() {
        List<WebSocketFrame> frames =
                List.of(new CloseWebSocketFrame(1008, "override_error"), new TextWebSocketFrame("no"));

        assertThat(read(true, encoded(true, frames), new Random(1))).containsExactly("CLOSE 1008 override_error");
    }

    @Test
    void shouldTakeACloseWithoutACode() {
        assertThat(read(false, new byte[] {(byte) 0x88, 0}, new Random(1))).containsExactly("CLOSE 1005 ");
    }

    /** From a server, so without a mask, except where it says so. */
    @ParameterizedTest
    @CsvSource({
        "C1 00, extension bits without an extension",
        "A1 00, extension bits without an extension",
        "91 00, extension bits without an extension",
        "81 80 00 00 00 00, a server must not mask",
        "83 00, unknown frame type",
        "8B 00, unknown frame type",
        "89 7E 00 7E, a frame's length is out of bounds",
        "09 00, a frame's length is out of bounds",
        "81 7F FF FF FF FF FF FF FF FF, a frame's length is out of bounds",
        "80 00, a message inside another",
        "01 00 81 00, a message inside another",
        "88 01 03, half a close code"
    })
    void shouldRefuseWhatIsNoWebSocket(String hex, String what) {
        byte[] frame = java.util.HexFormat.ofDelimiter(" ").parseHex(hex);

        assertThat(read(false, frame, new Random(1))).containsExactly("VIOLATION " + what);
    }

    @Test
    void shouldRefuseAClientThatDoesNotMask() {
        assertThat(read(true, new byte[] {(byte) 0x81, 0}, new Random(1)))
                .containsExactly("VIOLATION a client must mask");
    }

    private static List<String> read(boolean fromClient, byte[] bytes, Random random) {
        Recorded recorded = new Recorded();
        FrameReader reader = new FrameReader(fromClient, LARGEST, recorded);
        int at = 0;
        while (at < bytes.length) {
            int next = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 9 : 40_000));
            ByteBuf piece = Unpooled.copiedBuffer(bytes, at, next - at);
            reader.read(piece, UnpooledByteBufAllocator.DEFAULT);
            assertThat(piece.refCnt()).isZero();
            at = next;
        }
        reader.release();
        return recorded.told;
    }

    private static byte[] encoded(boolean masked, List<WebSocketFrame> frames) {
        EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameEncoder(masked));
        frames.forEach(channel::writeOutbound);
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            all.writeBytes(piece);
            piece.release();
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
