package dev.throughline.sms.answering;

import dev.throughline.platform.elevenlabs.AgentEvent;
import dev.throughline.platform.elevenlabs.AgentMessages;
import dev.throughline.platform.elevenlabs.AgentSocket;
import dev.throughline.sms.SmsConfig;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One text conversation for one question (ElevenLabs, <em>Text-only mode</em>).
 *
 * <pre>
 * opened ─initiation─▶ metadata ─(greeting of a voice agent is left out)─▶ asked ─▶ agent_response… ─▶ quiet or complete ─▶ closed
 * </pre>
 *
 * The turn is over at {@code agent_response_complete}, else after a quiet period with no open tool call. Guarded by its own
 * monitor: the socket's event loop and timers meet here.
 */
final class TextSession implements AgentSocket.Listener {

    private static final int NORMAL = 1000;
    /** Before the agent listens. */
    private static final int MOST_NEWS = 20;

    private final Vertx vertx;
    private final SmsConfig config;
    private final String question;
    private final boolean mayGreet;
    private final UniEmitter<? super Turn> result;
    private final List<String> parts = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private Runnable atEnd = () -> {};
    private @Nullable AgentSocket socket;
    private String conversationId = "";
    private boolean asked;
    private boolean overrideRefused;
    private boolean done;
    private int openTools;
    private long quietTimer = -1;
    private final long replyTimer;

    /**
     * @param mayGreet whether the agent may have a first message of its own, made for calls
     * @param result gets exactly one turn
     */
    TextSession(Vertx vertx, SmsConfig config, String question, boolean mayGreet, UniEmitter<? super Turn> result) {
        this.vertx = vertx;
        this.config = config;
        this.question = question;
        this.mayGreet = mayGreet;
        this.result = result;
        this.replyTimer = vertx.setTimer(config.replyTimeout().toMillis(), expired -> onTimeout());
    }

    /** Begins, once the socket is open. */
    synchronized void begin(AgentSocket opened, String initiation) {
        socket = opened;
        if (done) {
            opened.close(NORMAL, "timed out");
            return;
        }
        opened.send(initiation);
    }

    /** What to do when the session ends, once. Set before it begins. */
    synchronized void atEnd(Runnable step) {
        atEnd = step;
    }

    /** Tells the agent what happened elsewhere, as soon as it listens; it does not answer to that. */
    synchronized void inform(String words) {
        if (!done && news.size() < MOST_NEWS) {
            news.add(words);
            tellNews();
        }
    }

    private void tellNews() {
        if (socket != null && !conversationId.isEmpty()) {
            news.forEach(words -> socket.send(AgentMessages.contextualUpdate(words)));
            news.clear();
        }
    }

    /** Ends without a conversation. */
    synchronized void couldNotOpen(Turn.NotReached why) {
        finish(why);
    }

    @Override
    public synchronized void onEvent(AgentEvent event) {
        if (done) {
            return;
        }
        switch (event) {
            case AgentEvent.Metadata metadata -> onMetadata(metadata);
            case AgentEvent.AgentResponse response -> onResponse(response.text());
            case AgentEvent.AgentToolRequest request -> {
                openTools++;
                stopQuietTimer();
            }
            case AgentEvent.AgentToolResponse response -> {
                openTools = Math.max(0, openTools - 1);
                waitForMore();
            }
            case AgentEvent.ClientToolCall call -> refuse(call);
            case AgentEvent.AgentResponseComplete complete -> onComplete();
            case AgentEvent.Failed failed -> overrideRefused |= failed.name().equals("override_error");
            case AgentEvent.Ping ping -> {}
            case AgentEvent.Audio audio -> {}
            case AgentEvent.VoiceScore score -> {}
            case AgentEvent.UserTranscript transcript -> {}
            case AgentEvent.AgentResponseCorrection correction -> {}
            case AgentEvent.Interruption interruption -> {}
            case AgentEvent.TextPart part -> {}
            case AgentEvent.QueueStatus status -> {}
            case AgentEvent.Unknown unknown -> {}
        }
    }

    @Override
    public synchronized void onClosed(int code, String reason) {
        if (!parts.isEmpty()) {
            finish(new Turn.Replied(conversationId, List.copyOf(parts)));
        } else if (overrideRefused || reason.contains("override")) {
            finish(new Turn.OverrideRefused());
        } else {
            finish(new Turn.Silence(conversationId, "closed with " + code));
        }
    }

    private void onMetadata(AgentEvent.Metadata metadata) {
        conversationId = metadata.conversationId();
        tellNews();
        if (mayGreet) {
            after(config.greetingWait(), this::ask);
        } else {
            ask();
        }
    }

    private void ask() {
        if (!asked && socket != null) {
            asked = true;
            socket.send(AgentMessages.userMessage(question));
        }
    }

    private void onResponse(String text) {
        if (!asked) {
            ask();
            return;
        }
        if (!text.isBlank()) {
            parts.add(text);
        }
        waitForMore();
    }

    private void onComplete() {
        if (asked && !parts.isEmpty() && openTools == 0) {
            finish(new Turn.Replied(conversationId, List.copyOf(parts)));
        }
    }

    private void waitForMore() {
        stopQuietTimer();
        if (openTools == 0 && !parts.isEmpty()) {
            quietTimer = after(config.quietPeriod(), this::onComplete);
        }
    }

    /** We offer no client tools; an answer keeps the agent from waiting for one. */
    private void refuse(AgentEvent.ClientToolCall call) {
        if (call.expectsResponse() && socket != null) {
            socket.send(
                    AgentMessages.clientToolResult(call.toolCallId(), "not available in a text conversation", true));
        }
    }

    private synchronized void onTimeout() {
        finish(
                parts.isEmpty()
                        ? new Turn.Silence(conversationId, "no answer in " + config.replyTimeout())
                        : new Turn.Replied(conversationId, List.copyOf(parts)));
    }

    private long after(Duration wait, Runnable step) {
        return vertx.setTimer(wait.toMillis(), expired -> {
            synchronized (this) {
                if (!done) {
                    step.run();
                }
            }
        });
    }

    private void stopQuietTimer() {
        vertx.cancelTimer(quietTimer);
    }

    private void finish(Turn turn) {
        if (done) {
            return;
        }
        done = true;
        vertx.cancelTimer(replyTimer);
        stopQuietTimer();
        atEnd.run();
        if (socket != null) {
            socket.close(NORMAL, "");
        }
        result.complete(turn);
    }
}
