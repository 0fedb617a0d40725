package dev.throughline.platform;

import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.smallrye.mutiny.Uni;

/** A socket behind the upgrade check. */
@WebSocket(path = "/signed-socket")
public class SignedSocket {

    @OnTextMessage
    Uni<String> onMessage(String text) {
        return Uni.createFrom().item(text);
    }
}
