package dev.throughline.platform.quiet;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;

/** Where on earth a phone number may be. */
public final class LeadZones {

    private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();

    private LeadZones() {}

    /**
     * The zones of a number by its prefix, several for a country or a toll-free number that spans them.
     *
     * @param number E.164
     * @param otherwise for a number that tells nothing
     * @return never empty
     */
    public static Set<ZoneId> of(String number, ZoneId otherwise) {
        try {
            var parsed = PhoneNumberUtil.getInstance().parse(number, null);
            Set<ZoneId> zones = PhoneNumberToTimeZonesMapper.getInstance().getTimeZonesForNumber(parsed).stream()
                    .filter(KNOWN::contains)
                    .filter(zone -> !zone.equals(PhoneNumberToTimeZonesMapper.getUnknownTimeZone()))
                    .map(ZoneId::of)
                    .collect(Collectors.toUnmodifiableSet());
            return zones.isEmpty() ? Set.of(otherwise) : zones;
        } catch (NumberParseException notANumber) {
            return Set.of(otherwise);
        }
    }
}
