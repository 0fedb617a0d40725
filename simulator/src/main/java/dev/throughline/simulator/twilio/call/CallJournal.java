package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.audio.HeardAudio;
import dev.throughline.simulator.twilio.stream.MediaStream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What happened on one call, for inspection: at most 500 events, 200 things heard, 50 documents, 20 streams, 100 problems. */
final class CallJournal {

    private final List<JsonObject> events = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private final List<String> documents = new ArrayList<>();
    private final List<StreamEntry> streams = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private sealed interface Heard {
        record Spoken(String kind, String text) implements Heard {}

        record Audio(HeardAudio audio) implements Heard {}
    }

    private record StreamEntry(MediaStream stream, String url, List<String> parameterNames) {}

    synchronized void event(String what, String detail) {
        if (events.size() < 500) {
            events.add(new JsonObject()
                    .put("at", Instant.now().toString())
                    .put("what", what)
                    .put("detail", detail));
        }
    }

    /** Text the caller heard without audio: {@code <Say>} or {@code <Play>}. */
    synchronized void spoken(String kind, String text) {
        if (heard.size() < 200) {
            heard.add(new Heard.Spoken(kind, text));
        }
    }

    synchronized void document(String xml) {
        if (documents.size() < 50) {
            documents.add(xml);
        }
    }

    synchronized void stream(MediaStream stream, HeardAudio audio, String url, List<String> parameterNames) {
        if (streams.size() < 20) {
            streams.add(new StreamEntry(stream, url, parameterNames));
            heard.add(new Heard.Audio(audio));
        }
    }

    /** Something the caller did not expect, such as an agent that never answers. */
    synchronized void problem(String sentence) {
        if (problems.size() < 100) {
            problems.add(sentence);
        }
    }

    /** Audio heard without a stream: from the other side of a {@code <Dial>}, or in a conference. */
    synchronized void audio(HeardAudio audio) {
        if (heard.size() < 200) {
            heard.add(new Heard.Audio(audio));
        }
    }

    /** Whether {@code words} were said by TwiML or, as far as {@code transcriber} knows it, spoken. */
    synchronized boolean heard(String words, Function<byte[], String> transcriber) {
        String wanted = words.toLowerCase(Locale.ROOT);
        return heard.stream().anyMatch(each -> switch (each) {
            case Heard.Spoken spoken -> spoken.text().toLowerCase(Locale.ROOT).contains(wanted);
            case Heard.Audio audio ->
                audio.audio().utterances().stream().anyMatch(utterance -> transcriber
                        .apply(utterance.audio())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted));
        });
    }

    /** Adds everything to {@code json}; {@code transcriber} turns heard mu-law into words, empty when it knows none. */
    synchronized JsonObject addTo(JsonObject json, Function<byte[], String> transcriber) {
        JsonArray heardJson = new JsonArray();
        for (Heard each : heard) {
            switch (each) {
                case Heard.Spoken spoken ->
                    heardJson.add(new JsonObject().put("kind", spoken.kind()).put("text", spoken.text()));
                case Heard.Audio audio ->
                    audio.audio()
                            .utterances()
                            .forEach(utterance -> heardJson.add(new JsonObject()
                                    .put("kind", "audio")
                                    .put("fromMs", utterance.fromMillis())
                                    .put("ms", utterance.millis())
                                    .put("cut", utterance.cut())
                                    .put("text", transcriber.apply(utterance.audio()))));
            }
        }
        JsonArray streamsJson = new JsonArray();
        for (StreamEntry each : streams) {
            streamsJson.add(new JsonObject()
                    .put("streamSid", each.stream().streamSid())
                    .put("url", each.url())
                    .put("parameterNames", new JsonArray(new ArrayList<>(each.parameterNames())))
                    .put("live", each.stream().isLive())
                    .mergeIn(each.stream().stats().toJson()));
        }
        return json.put("heard", heardJson)
                .put("twiml", new JsonArray(new ArrayList<>(documents)))
                .put("streams", streamsJson)
                .put("events", new JsonArray(new ArrayList<>(events)))
                .put("problems", new JsonArray(new ArrayList<>(problems)));
    }
}
