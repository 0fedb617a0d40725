package dev.throughline.mediabridge.agent;

import dev.throughline.platform.elevenlabs.AgentConnectException;
import dev.throughline.platform.elevenlabs.AgentSocket;
import dev.throughline.platform.elevenlabs.AgentSockets;
import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import jakarta.inject.Singleton;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** From an agent's id to an open socket: a signed URL of its own for each try, and a second try where one can help. */
@Singleton
public final class AgentDialler {

    private final ConvaiClient convai;
    private final AgentSockets sockets;

    AgentDialler(ConvaiClient convai, AgentSockets sockets) {
        this.convai = convai;
        this.sockets = sockets;
    }

    /**
     * Dials. Exactly one of the two is called, on {@code loop}.
     *
     * @param listener hears the socket, possibly before {@code opened} is called
     * @param refused why, and the provider's word for the log
     */
    void dial(
            String agentId,
            EventLoop loop,
            AgentSocket.Listener listener,
            Consumer<AgentSocket> opened,
            BiConsumer<AgentRefusal, String> refused) {
        dial(agentId, loop, listener, opened, refused, true);
    }

    private void dial(
            String agentId,
            EventLoop loop,
            AgentSocket.Listener listener,
            Consumer<AgentSocket> opened,
            BiConsumer<AgentRefusal, String> refused,
            boolean mayRetry) {
        convai.signedUrl(agentId)
                .subscribe()
                .with(
                        answer -> {
                            switch (answer) {
                                case ConvaiAnswer.Success<String>(String url) ->
                                    connect(url, loop, listener, opened, failure -> {
                                        if (mayRetry && mayHelp(failure)) {
                                            dial(agentId, loop, listener, opened, refused, false);
                                        } else {
                                            refused.accept(
                                                    AgentRefusal.NOT_CONNECTED, String.valueOf(failure.getMessage()));
                                        }
                                    });
                                case ConvaiAnswer.Failure<String> failure ->
                                    loop.run(() -> refused.accept(
                                            AgentRefusal.NO_SIGNED_URL,
                                            failure.reason().name()));
                            }
                        },
                        failure -> loop.run(() -> refused.accept(AgentRefusal.NO_SIGNED_URL, failure.toString())));
    }

    private void connect(
            String url,
            EventLoop loop,
            AgentSocket.Listener listener,
            Consumer<AgentSocket> opened,
            Consumer<Throwable> failed) {
        loop.run(() -> sockets.connect(url, listener)
                .subscribe()
                .with(
                        socket -> loop.run(() -> opened.accept(socket)),
                        failure -> loop.run(() -> failed.accept(failure))));
    }

    /** A 4xx answers the same again; anything else may have been an accident. */
    private static boolean mayHelp(Throwable failure) {
        return !(failure instanceof AgentConnectException refused && refused.httpStatus() / 100 == 4);
    }
}
