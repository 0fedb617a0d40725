package dev.throughline.platform.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Netty's decoder reads what is written here. */
class FrameWriterTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 122, 123, 124, 216, 8_180, 8_200, 65_533, 65_534, 1 << 20})
    void shouldWriteWholeMessagesOfAnyLengthForEitherSide(int length) {
        String middle = "é".repeat(length % 2) + "m".repeat(length);
        for (boolean client : new boolean[] {true, false}) {
            EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameDecoder(client, false, 2 << 20));
            ByteBuf written = Unpooled.buffer(4);
            new FrameWriter(client).append(written, FrameWriter.TEXT, bytes("{"), bytes(middle), bytes("}"));
            channel.writeInbound(written);

            TextWebSocketFrame frame = channel.readInbound();
            assertThat(frame.text()).isEqualTo("{" + middle + "}");
            assertThat(frame.isFinalFragment()).isTrue();
            frame.release();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
