package dev.throughline.sms.inbound;

import dev.throughline.events.lead.PhoneNumbers;
import java.util.regex.Pattern;

/**
 * Who stands in a text's From or To. Twilio writes phones as E.164, short codes as their digits, alphanumeric senders as they are, and
 * other channels than SMS with the channel's name and a colon in front (Twilio, <em>Messages resource</em>, From).
 */
sealed interface Party {

    /** A telephone. @param number E.164 */
    record Phone(String number) implements Party {}

    /** A short code or an alphanumeric sender: an address of its own that nobody reads answers at. */
    record Named(String address) implements Party {}

    /** WhatsApp, Messenger, RCS…: a channel of its own, which is not ours. @param channel its name */
    record Elsewhere(String channel) implements Party {}

    /** Nothing Twilio would write. */
    record Unreadable() implements Party {}

    Pattern CHANNEL = Pattern.compile("([a-z][a-z0-9_+.-]{1,20}):.+");
    Pattern SHORT_CODE = Pattern.compile("\\d{3,8}");
    /** At most 11 characters with at least one letter (Twilio, <em>Alphanumeric Sender ID</em>); operators write longer names too. */
    Pattern NAME = Pattern.compile("[\\p{L}\\p{N} &+_.-]{0,32}");

    /** @param country the tenant's, for a number without a country code */
    static Party of(String written, String country) {
        String address = written.strip();
        var channel = CHANNEL.matcher(address);
        if (channel.matches()) {
            return new Elsewhere(channel.group(1));
        }
        if (SHORT_CODE.matcher(address).matches()) {
            return new Named(address);
        }
        if (address.chars().anyMatch(Character::isLetter)) {
            return NAME.matcher(address).matches() ? new Named(address) : new Unreadable();
        }
        return PhoneNumbers.normalise(address, country).<Party>map(Phone::new).orElseGet(Unreadable::new);
    }

    /** The address as texts and leads carry it; empty when it has none. */
    default String address() {
        return switch (this) {
            case Phone phone -> phone.number();
            case Named named -> named.address();
            case Elsewhere elsewhere -> "";
            case Unreadable unreadable -> "";
        };
    }
}
