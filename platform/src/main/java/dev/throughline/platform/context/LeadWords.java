package dev.throughline.platform.context;

import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.CallEvent;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ChatEvent;
import dev.throughline.events.OperatorEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What an event of a lead means to the agent who is talking or writing with it, in words. What the conversation itself says (its turns, its
 * tools) is no news; what comes of a hand-over is, because the agent has to tell the caller. Pure.
 */
public final class LeadWords {

    private static final int LONGEST_TEXT = 2_000;

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

    private LeadWords() {}

    /**
     * The words; empty when the event means nothing to a call.
     *
     * @param zone the tenant's, for every time in them
     */
    public static Optional<String> of(ChannelEvent event, ZoneId zone) {
        return switch (event) {
            case SmsEvent.Received sms
            when !sms.text().isBlank() ->
                Optional.of("The customer has just sent a text message: " + quoted(sms.text()));
            case SmsEvent.Sent sms
            when sms.author() == Speaker.OPERATOR || sms.conversationId() != null ->
                Optional.of("The customer has just been sent a text message: " + quoted(sms.text()));
            case ChatEvent.Message chat
            when chat.speaker() == Speaker.CUSTOMER ->
                Optional.of("The customer has just written in the web chat: " + quoted(chat.text()));
            case OperatorEvent.Whisper whisper ->
                Optional.of(
                        "A colleague at the business tells you, for your information only: " + quoted(whisper.text()));
            case AppointmentEvent.Booked booked ->
                Optional.of("An appointment was just booked: " + appointment(booked.appointment(), zone));
            case AppointmentEvent.Rescheduled moved ->
                Optional.of("An appointment was just moved, it is now: " + appointment(moved.appointment(), zone));
            case AppointmentEvent.Cancelled cancelled ->
                Optional.of("An appointment was just cancelled: " + appointment(cancelled.appointment(), zone));
            case CallEvent.HandOver handOver -> handOver(handOver);
            default -> Optional.empty();
        };
    }

    private static Optional<String> handOver(CallEvent.HandOver handOver) {
        String human = handOver.human() == null ? "a colleague" : handOver.human();
        return switch (handOver.stage()) {
            case RINGING ->
                Optional.of("The phone of " + human + " is ringing now. Stay with the caller until it is answered.");
            case ACCEPTED -> Optional.of(human + " takes the call and is being connected now. Say no more.");
            case BUSY -> Optional.of(notReached(human + " is on another call.", handOver.last()));
            case NO_ANSWER -> Optional.of(notReached(human + " does not answer.", handOver.last()));
            case DECLINED -> Optional.of(notReached(human + " cannot take the call now.", handOver.last()));
            case VOICEMAIL -> Optional.of(notReached("Only the voicemail of " + human + " answers.", handOver.last()));
            case FAILED -> Optional.of(notReached(human + " cannot be reached.", handOver.last()));
            case REQUESTED, CALLER_GONE, RETURNED, ENDED -> Optional.empty();
        };
    }

    private static String notReached(String why, boolean last) {
        return last
                ? why + " Nobody else will be rung. The caller is still with you: say so, and offer what you can do"
                        + " yourself."
                : why + " Somebody else is rung now: stay with the caller.";
    }

    private static String appointment(Appointment appointment, ZoneId zone) {
        return quoted(appointment.serviceName()) + " with " + quoted(appointment.employeeName()) + ", "
                + WHEN.format(appointment.start().atZone(zone)) + ", id " + appointment.id() + ".";
    }

    private static String quoted(String text) {
        return "\"" + (text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…") + "\"";
    }
}
