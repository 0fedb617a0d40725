package dev.throughline.telephony.status;

import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.Tenant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells the customer's leg from the others a call may have: the business that was rung, a person it is handed to, an operator's browser,
 * the agent's leg of a conference. Only for reports of calls nobody announced; one that was announced is a customer's. Pure.
 */
final class CustomerLeg {

    private CustomerLeg() {}

    /** Whether a report is about the leg of a customer of {@code tenant}. */
    static boolean is(CallReport report, Tenant tenant) {
        if (report.child()) {
            return false;
        }
        if (!report.outbound()) {
            return true;
        }
        String called = report.to();
        if (called.startsWith("app:") || called.startsWith("client:")) {
            return false;
        }
        Optional<String> number = PhoneNumbers.normalise(called, tenant.country());
        return number.isEmpty() || ofTheBusiness(tenant).noneMatch(own -> same(own, number.get(), tenant));
    }

    private static Stream<@Nullable String> ofTheBusiness(Tenant tenant) {
        Stream<@Nullable String> people =
                tenant.settings().calls().humans().stream().map(CallSettings.Human::number);
        return Stream.concat(people, Stream.of(tenant.settings().fallbackNumber()));
    }

    private static boolean same(@Nullable String own, String number, Tenant tenant) {
        return PhoneNumbers.normalise(own, tenant.country())
                .filter(number::equals)
                .isPresent();
    }
}
