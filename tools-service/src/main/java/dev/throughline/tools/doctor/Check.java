package dev.throughline.tools.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What was looked at.
 *
 * @param id stays the same for ever, e.g. {@code public-url.tools-service}
 * @param title for people
 * @param found what is so, one sentence
 * @param cure what to do about it, one sentence; empty when nothing is wrong
 */
public record Check(String id, String title, Status status, String found, String cure) {

    /** How bad it is. */
    public enum Status {
        @JsonProperty("ok")
        OK,
        /** It works, and something should be known. */
        @JsonProperty("warning")
        WARNING,
        /** Calls, texts or tools fail because of it. */
        @JsonProperty("fault")
        FAULT
    }

    static Check ok(String id, String title, String found) {
        return new Check(id, title, Status.OK, found, "");
    }

    static Check warning(String id, String title, String found, String cure) {
        return new Check(id, title, Status.WARNING, found, cure);
    }

    static Check fault(String id, String title, String found, String cure) {
        return new Check(id, title, Status.FAULT, found, cure);
    }
}
