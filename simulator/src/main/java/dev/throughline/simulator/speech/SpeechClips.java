package dev.throughline.simulator.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.simulator.speech.SpeechClip.Speaker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The clips under {@code resources/speech}, read once from the class path. Immutable, so safe on any thread. */
public final class SpeechClips {

    private static final class Shipped {
        static final SpeechClips CLIPS = read();
    }

    private final List<SpeechClip> clips;

    private SpeechClips(List<SpeechClip> clips) {
        this.clips = List.copyOf(clips);
    }

    /** The shipped clips; the first call reads them (about 350 small files). */
    public static SpeechClips load() {
        return Shipped.CLIPS;
    }

    /** Everything {@code speaker} can say, in the order of the index. */
    public List<SpeechClip> of(Speaker speaker) {
        return clips.stream().filter(clip -> clip.speaker() == speaker).toList();
    }

    /** What a scripted caller can say. */
    public List<SpeechClip> caller() {
        return of(Speaker.CALLER);
    }

    /** Audio of the caller's clip {@code id}; {@link NoSuchElementException} names an unknown one. */
    public byte[] callerAudio(String id) {
        return findCaller(id)
                .orElseThrow(() -> new NoSuchElementException("no caller clip \"" + id + "\"; see speech/index.json"))
                .audio()
                .clone();
    }

    /** The caller's clip {@code id}. */
    public Optional<SpeechClip> findCaller(String id) {
        return caller().stream().filter(clip -> clip.id().equals(id)).findFirst();
    }

    private static SpeechClips read() {
        try {
            List<SpeechClip> clips = new ArrayList<>();
            for (JsonNode row : new ObjectMapper().readTree(bytes("index.json")).path("clips")) {
                Speaker speaker = Speaker.of(row.path("speaker").asText());
                String id = row.path("id").asText();
                byte[] audio = bytes(speaker.folder() + "/" + id + ".ulaw");
                clips.add(new SpeechClip(id, speaker, row.path("text").asText(), audio));
            }
            return new SpeechClips(clips);
        } catch (IOException failure) {
            throw new UncheckedIOException("the shipped speech clips cannot be read", failure);
        }
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = SpeechClips.class.getResourceAsStream("/speech/" + name)) {
            if (in == null) {
                throw new IOException("missing resource speech/" + name);
            }
            return in.readAllBytes();
        }
    }
}
