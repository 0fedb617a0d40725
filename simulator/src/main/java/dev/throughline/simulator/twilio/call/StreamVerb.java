package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.Sids;
import dev.throughline.simulator.twilio.audio.HeardAudio;
import dev.throughline.simulator.twilio.stream.MediaStream;
import dev.throughline.simulator.twilio.stream.StreamEnd;
import dev.throughline.simulator.twilio.stream.StreamRequest;
import dev.throughline.simulator.twilio.twiml.Verb;
import dev.throughline.simulator.twilio.webhook.Webhook;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executes {@code <Connect><Stream>}: checks it as Twilio does, streams until it ends, then goes to {@code action} or on. */
final class StreamVerb {

    private static final int MAX_PARAMETER_CHARACTERS = 500;
    private static final long MAX_CALL_MILLIS = 4 * 60 * 60 * 1000L;

    private final CallEnvironment environment;
    private final CallForms forms;

    StreamVerb(CallEnvironment environment, CallForms forms) {
        this.environment = environment;
        this.forms = forms;
    }

    private record Fault(int code, String error) {}

    Flow execute(LiveCall call, Verb.Connect connect, String documentUrl) throws CallInterrupted {
        String streamSid = Sids.next("MZ");
        Verb.Stream stream = connect.stream();
        String url = absolute(stream.url(), documentUrl);
        Fault fault = check(stream, url);
        if (fault != null) {
            environment.violations().add(String.valueOf(fault.code()), call.sid(), fault.error());
            failed(call, stream, streamSid, fault.error() + " (" + fault.code() + ")");
        } else {
            carry(call, stream, streamSid, url);
        }
        return connect.action() == null
                ? new Flow.Next()
                : VerbExecutor.goTo(
                        WebhookKind.ACTION,
                        connect.action(),
                        connect.method(),
                        documentUrl,
                        Map.of("StreamSid", streamSid));
    }

    private void carry(LiveCall call, Verb.Stream spec, String streamSid, String url) throws CallInterrupted {
        Map<String, String> parameters = parameters(call, spec);
        HeardAudio heard = new HeardAudio();
        MediaStream stream = MediaStream.twoWay(
                environment.streams(),
                new StreamRequest(environment.account().sid(), call.sid(), streamSid, url, parameters),
                call.audio(),
                heard);
        call.journal().stream(stream, heard, url, List.copyOf(parameters.keySet()));
        call.attach(stream);
        stream.started().thenRun(() -> {
            call.audio().listen();
            status(call, spec, streamSid, "stream-started", "");
        });
        stream.ended().thenRun(() -> {
            if (stream.started().isDone()) {
                call.audio().unlisten();
            }
        });
        stream.open();
        try {
            StreamEnd end = call.await(stream.ended(), MAX_CALL_MILLIS);
            ended(call, spec, stream, end);
        } catch (CallInterrupted e) {
            stream.stop();
            status(call, spec, streamSid, "stream-stopped", "");
            throw e;
        } finally {
            call.audio().cutOff();
            call.attach(null);
        }
    }

    private void ended(LiveCall call, Verb.Stream spec, MediaStream stream, StreamEnd end) {
        call.journal().event("stream-ended", end.toString());
        switch (end) {
            case StreamEnd.NotOpened refused -> {
                if (!refused.injected()) {
                    environment
                            .violations()
                            .add(String.valueOf(refused.code()), call.sid(), "stream not opened: " + refused.error());
                }
                failed(call, spec, stream.streamSid(), refused.error() + " (" + refused.code() + ")");
            }
            case StreamEnd.ServerClosed closed -> {
                if (closed.code() == 1006) {
                    call.journal().problem("the server's socket broke without a close frame");
                    failed(call, spec, stream.streamSid(), "WebSocket - Protocol Error (31924)");
                } else {
                    status(call, spec, stream.streamSid(), "stream-stopped", "");
                }
            }
            case StreamEnd.Dropped dropped ->
                failed(call, spec, stream.streamSid(), "WebSocket - Protocol Error (31924)");
            case StreamEnd.Stopped stopped -> status(call, spec, stream.streamSid(), "stream-stopped", "");
        }
    }

    private void failed(LiveCall call, Verb.Stream spec, String streamSid, String error) {
        call.journal().event("stream-error", error);
        status(call, spec, streamSid, "stream-error", error);
    }

    private void status(LiveCall call, Verb.Stream spec, String streamSid, String event, String error) {
        String callback = spec.statusCallback();
        if (callback == null) {
            return;
        }
        if (!callback.matches("https?://.*")) {
            environment.violations().add("12200", call.sid(), "Stream statusCallback must be absolute; not called");
            return;
        }
        String name = spec.name() == null ? streamSid : spec.name();
        environment
                .webhooks()
                .callBack(new Webhook(
                        WebhookKind.STREAM_STATUS,
                        spec.statusCallbackMethod(),
                        callback,
                        forms.stream(call, streamSid, name, event, error),
                        call.sid()));
    }

    /** What Twilio refuses before it dials; null when nothing. Source: Twilio, <i>TwiML: Stream</i> and the error pages. */
    private static @Nullable Fault check(Verb.Stream stream, String url) {
        if (url.isEmpty()) {
            return new Fault(31923, "WebSocket - Invalid URL");
        }
        if (!url.startsWith("wss://")) {
            return new Fault(31922, "WebSocket - Invalid Scheme, only wss is supported");
        }
        if (url.contains("?")) {
            return new Fault(31920, "WebSocket - Handshake Error, the URL has a query string");
        }
        if (stream.track() != null && !stream.track().equals("inbound_track")) {
            return new Fault(31941, "Stream - Invalid Track, Connect takes inbound_track only");
        }
        return null;
    }

    private Map<String, String> parameters(LiveCall call, Verb.Stream spec) {
        Map<String, String> kept = new LinkedHashMap<>();
        spec.parameters().forEach((name, value) -> {
            if (name.length() + value.length() < MAX_PARAMETER_CHARACTERS) {
                kept.put(name, value);
            } else {
                environment
                        .violations()
                        .add("12200", call.sid(), "Parameter " + name + " is 500 characters or longer; not passed on");
            }
        });
        return kept;
    }

    private static String absolute(@Nullable String url, String documentUrl) {
        if (url == null) {
            return "";
        }
        if (url.contains("://") || documentUrl.isEmpty()) {
            return url;
        }
        return URI.create(documentUrl).resolve(url).toString().replaceFirst("^http", "ws");
    }
}
