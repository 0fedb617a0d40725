package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.Sids;
import dev.throughline.simulator.twilio.audio.HeardAudio;
import dev.throughline.simulator.twilio.stream.MediaStream;
import dev.throughline.simulator.twilio.stream.StreamEnd;
import dev.throughline.simulator.twilio.stream.StreamRequest;
import dev.throughline.simulator.twilio.twiml.Verb;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.util.List;
import java.util.Map;

/** Executes {@code <Connect><Stream>}: checks it as Twilio does, streams until it ends, then goes to {@code action} or on. */
final class StreamVerb {

    private static final long MAX_CALL_MILLIS = 4 * 60 * 60 * 1000L;

    private final CallEnvironment environment;
    private final CallForms forms;

    StreamVerb(CallEnvironment environment, CallForms forms) {
        this.environment = environment;
        this.forms = forms;
    }

    Flow execute(LiveCall call, Verb.Connect connect, String documentUrl) throws CallInterrupted {
        StreamSpec spec = StreamSpec.of(environment, forms, call, connect.stream(), Sids.next("MZ"), documentUrl);
        StreamSpec.Refusal refusal = spec.refusal();
        String track = connect.stream().track();
        if (refusal == null && track != null && !track.equals("inbound_track")) {
            refusal = new StreamSpec.Refusal(31941, "Stream - Invalid Track, Connect takes inbound_track only");
        }
        if (refusal != null) {
            spec.refused(refusal);
        } else {
            carry(spec);
        }
        return connect.action() == null
                ? new Flow.Next()
                : VerbExecutor.goTo(
                        WebhookKind.ACTION,
                        connect.action(),
                        connect.method(),
                        documentUrl,
                        Map.of("StreamSid", spec.sid()));
    }

    private void carry(StreamSpec spec) throws CallInterrupted {
        LiveCall call = spec.call();
        Map<String, String> parameters = spec.parameters();
        HeardAudio heard = new HeardAudio();
        MediaStream stream = MediaStream.twoWay(
                environment.streams(),
                new StreamRequest(environment.account().sid(), call.sid(), spec.sid(), spec.url(), parameters),
                call.audio(),
                heard);
        call.journal().stream(stream, heard, spec.url(), List.copyOf(parameters.keySet()));
        call.attach(stream);
        stream.started().thenRun(() -> {
            call.audio().listen();
            spec.tell("stream-started", "");
        });
        stream.ended().thenRun(() -> {
            if (stream.started().isDone()) {
                call.audio().unlisten();
            }
        });
        stream.open();
        try {
            StreamEnd end = call.await(stream.ended(), MAX_CALL_MILLIS);
            ended(spec, end);
        } catch (CallInterrupted e) {
            stream.stop();
            spec.tell("stream-stopped", "");
            throw e;
        } finally {
            call.audio().cutOff();
            call.attach(null);
        }
    }

    private void ended(StreamSpec spec, StreamEnd end) {
        LiveCall call = spec.call();
        call.journal().event("stream-ended", end.toString());
        switch (end) {
            case StreamEnd.NotOpened refused -> {
                if (!refused.injected()) {
                    environment
                            .violations()
                            .add(String.valueOf(refused.code()), call.sid(), "stream not opened: " + refused.error());
                }
                spec.failed(refused.error() + " (" + refused.code() + ")");
            }
            case StreamEnd.ServerClosed closed -> {
                if (closed.code() == 1006) {
                    call.journal().problem("the server's socket broke without a close frame");
                    spec.failed("WebSocket - Protocol Error (31924)");
                } else {
                    spec.tell("stream-stopped", "");
                }
            }
            case StreamEnd.Dropped dropped -> spec.failed("WebSocket - Protocol Error (31924)");
            case StreamEnd.Stopped stopped -> spec.tell("stream-stopped", "");
        }
    }
}
