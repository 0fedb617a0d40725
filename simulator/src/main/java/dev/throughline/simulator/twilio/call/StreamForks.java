package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.Sids;
import dev.throughline.simulator.twilio.audio.AudioTap;
import dev.throughline.simulator.twilio.audio.FrameLine;
import dev.throughline.simulator.twilio.audio.HeardAudio;
import dev.throughline.simulator.twilio.stream.MediaStream;
import dev.throughline.simulator.twilio.stream.StreamEnd;
import dev.throughline.simulator.twilio.stream.StreamRequest;
import dev.throughline.simulator.twilio.stream.StreamTrack;
import dev.throughline.simulator.twilio.twiml.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One-way copies of a call's audio: {@code <Start><Stream>}, {@code <Stop><Stream>} and their REST resource. At most 4 tracks of
 * a call at once; names are unique in the call. Source: Twilio, <i>TwiML: Stream</i>, "Start".
 */
final class StreamForks {

    private static final int MAX_TRACKS = 4;

    private final CallEnvironment environment;
    private final CallForms forms;

    StreamForks(CallEnvironment environment, CallForms forms) {
        this.environment = environment;
        this.forms = forms;
    }

    /** One copy under way. */
    record Fork(StreamSpec spec, MediaStream stream, Tap tap, List<StreamTrack> tracks) {}

    /** Begins a copy; empty when Twilio would refuse it, which is reported. */
    Optional<Fork> start(LiveCall call, Verb.Stream stream, String documentUrl) {
        StreamSpec spec = StreamSpec.of(environment, forms, call, stream, Sids.next("MZ"), documentUrl);
        Tap tap = new Tap();
        List<StreamTrack> tracks = tap.tracks(stream.track());
        StreamSpec.Refusal refusal = refusal(call, spec, tracks);
        if (refusal != null) {
            spec.refused(refusal);
            return Optional.empty();
        }
        Map<String, String> parameters = spec.parameters();
        MediaStream copy = MediaStream.oneWay(
                environment.streams(),
                new StreamRequest(environment.account().sid(), call.sid(), spec.sid(), spec.url(), parameters),
                tracks);
        call.journal().stream(copy, new HeardAudio(), spec.url(), List.copyOf(parameters.keySet()));
        Fork fork = new Fork(spec, copy, tap, tracks);
        call.forks().add(fork);
        call.audio().add(tap);
        copy.started().thenRun(() -> spec.tell("stream-started", ""));
        copy.ended().thenAccept(end -> ended(fork, end));
        call.over().thenRun(copy::stop);
        copy.open();
        return Optional.of(fork);
    }

    /** Ends the copy of that name or sid; false when there is none. */
    static boolean stop(LiveCall call, String nameOrSid) {
        Optional<Fork> found = find(call, nameOrSid);
        found.ifPresent(fork -> fork.stream().stop());
        return found.isPresent();
    }

    static Optional<Fork> find(LiveCall call, String nameOrSid) {
        return call.forks().stream()
                .filter(each -> each.spec().name().equals(nameOrSid)
                        || each.spec().sid().equals(nameOrSid))
                .findFirst();
    }

    private static StreamSpec.@Nullable Refusal refusal(LiveCall call, StreamSpec spec, List<StreamTrack> tracks) {
        if (tracks.isEmpty()) {
            return new StreamSpec.Refusal(31941, "Stream - Invalid Track");
        }
        int used = call.forks().stream().mapToInt(each -> each.tracks().size()).sum();
        if (used + tracks.size() > MAX_TRACKS) {
            return new StreamSpec.Refusal(31941, "Stream - Invalid Track, more than " + MAX_TRACKS + " of one call");
        }
        if (find(call, spec.name()).isPresent()) {
            return new StreamSpec.Refusal(12200, "Stream - the name is in use");
        }
        return spec.refusal();
    }

    private static void ended(Fork fork, StreamEnd end) {
        LiveCall call = fork.spec().call();
        call.audio().remove(fork.tap());
        call.forks().remove(fork);
        call.journal().event("stream-ended", end.toString());
        switch (end) {
            case StreamEnd.NotOpened refused -> fork.spec().failed(refused.error() + " (" + refused.code() + ")");
            case StreamEnd.Dropped dropped -> fork.spec().failed("WebSocket - Protocol Error (31924)");
            case StreamEnd.ServerClosed closed -> fork.spec().tell("stream-stopped", "");
            case StreamEnd.Stopped stopped -> fork.spec().tell("stream-stopped", "");
        }
    }

    /** Takes both directions of a leg. */
    private static final class Tap implements AudioTap {

        private final FrameLine said = new FrameLine();
        private final FrameLine heard = new FrameLine();

        @Override
        public void said(byte @Nullable [] frame) {
            if (frame != null) {
                said.offer(frame);
            }
        }

        @Override
        public void heard(byte @Nullable [] frame) {
            if (frame != null) {
                heard.offer(frame);
            }
        }

        /** The tracks of {@code track}; none for a word Twilio does not know. */
        private List<StreamTrack> tracks(@Nullable String track) {
            String word = track == null ? "inbound_track" : track;
            List<StreamTrack> tracks = new ArrayList<>();
            if (word.equals("inbound_track") || word.equals("both_tracks")) {
                tracks.add(new StreamTrack("inbound", said::poll));
            }
            if (word.equals("outbound_track") || word.equals("both_tracks")) {
                tracks.add(new StreamTrack("outbound", heard::poll));
            }
            return List.copyOf(tracks);
        }
    }
}
