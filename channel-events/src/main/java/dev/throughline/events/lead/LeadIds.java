package dev.throughline.events.lead;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lead identity, design §1: {@code UUIDv5(namespace, tenantId + "|" + kind + "|" + address)}. */
public final class LeadIds {

    private static final UUID NAMESPACE = UUID.fromString("0b8c7f52-41f6-5c7e-8f7d-3d0f6f0c9a21");
    private static final String CLIENT_PREFIX = "client:";
    private static final Pattern SIP_NUMBER = Pattern.compile("sips?:(\\+[0-9]{7,15})@.+");

    private LeadIds() {}

    /** The lead behind an address of one tenant. */
    public static UUID of(UUID tenantId, ContactAddress address) {
        return UuidCreator.getNameBasedSha1(NAMESPACE, tenantId + "|" + address.kind() + "|" + address.value());
    }

    /**
     * The address behind Twilio's From or To.
     *
     * @param party E.164, {@code client:…}, {@code sip:…}, {@code anonymous} or anything else Twilio sends; a SIP caller whose user part
     *     is a number with its country code is known by that number
     * @param country default region of the tenant
     * @param callId used when the party hides its number: such a caller is a lead per call
     */
    public static ContactAddress address(@Nullable String party, String country, String callId) {
        if (party != null && party.startsWith(CLIENT_PREFIX)) {
            return new ContactAddress(ContactAddress.Kind.CLIENT, party.substring(CLIENT_PREFIX.length()));
        }
        Matcher sip = SIP_NUMBER.matcher(party == null ? "" : party);
        return PhoneNumbers.normalise(sip.matches() ? sip.group(1) : party, country)
                .map(ContactAddress::phone)
                .orElseGet(() -> new ContactAddress(ContactAddress.Kind.CALL, callId));
    }
}
