package dev.throughline.events.lead;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Normalises what people and carriers write as phone numbers. */
public final class PhoneNumbers {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private PhoneNumbers() {}

    /**
     * The number in E.164.
     *
     * @param written as typed or sent; null and text that is no possible number give empty
     * @param country ISO 3166 alpha-2 default region for numbers without a country code
     */
    public static Optional<String> normalise(@Nullable String written, String country) {
        if (written == null || written.isBlank()) {
            return Optional.empty();
        }
        try {
            var number = NUMBERS.parse(written.strip(), country);
            return NUMBERS.isPossibleNumber(number)
                    ? Optional.of(NUMBERS.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }
}
