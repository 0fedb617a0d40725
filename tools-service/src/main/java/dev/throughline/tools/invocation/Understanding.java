package dev.throughline.tools.invocation;

import dev.throughline.tools.availability.SaidDate;
import dev.throughline.tools.availability.SaidStart;
import dev.throughline.tools.availability.SaidTime;
import dev.throughline.tools.availability.SpokenTime;
import dev.throughline.tools.catalog.Said;
import dev.throughline.tools.catalog.Service;
import dev.throughline.tools.catalog.ServiceAnswer;
import dev.throughline.tools.catalog.SpokenNames;
import dev.throughline.tools.catalog.StaffMember;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the model passed on of the customer's words; asks back by {@link AskBack} where it cannot. Pure. */
final class Understanding {

    private static final int MAX_NAMED = 4;

    private Understanding() {}

    /** The service that was said. A business with one service needs no saying. */
    static Service service(ToolCall call, List<Service> services) {
        return call.arguments()
                .text(Parameter.SERVICE)
                .map(said -> service(said, services))
                .orElseGet(() -> unsaid(services));
    }

    /** The only service there is. */
    static Service unsaid(List<Service> services) {
        if (services.size() == 1) {
            return services.getFirst();
        }
        throw new AskBack("SERVICE_REQUIRED", "Which service would you like? " + weOffer(services), offered(services));
    }

    /** The service that is called this. */
    static Service service(String said, List<Service> services) {
        return switch (SpokenNames.service(said, services)) {
            case Said.Found<Service>(Service service) -> service;
            case Said.Unclear<Service>(List<Service> candidates) ->
                throw new AskBack(
                        "SERVICE_UNCLEAR",
                        "Do you mean " + SpokenTime.list(names(candidates), "or") + "?",
                        offered(candidates));
            case Said.Unknown<Service> unknown ->
                throw new AskBack(
                        "SERVICE_NOT_FOUND",
                        "I'm sorry, we don't have that service. " + weOffer(services),
                        offered(services));
        };
    }

    /** The staff member that was asked for; empty when anybody will do. */
    static Optional<StaffMember> staff(ToolCall call, List<StaffMember> staff) {
        return call.arguments()
                .text(Parameter.EMPLOYEE)
                .filter(said -> !said.matches("(?i)any(one|body)?|no preference|either|whoever"))
                .map(said -> switch (SpokenNames.staff(said, staff)) {
                    case Said.Found<StaffMember>(StaffMember member) -> member;
                    case Said.Unclear<StaffMember>(List<StaffMember> candidates) ->
                        throw new AskBack(
                                "EMPLOYEE_UNCLEAR",
                                "Do you mean "
                                        + SpokenTime.list(
                                                candidates.stream()
                                                        .map(StaffMember::name)
                                                        .toList(),
                                                "or")
                                        + "?");
                    case Said.Unknown<StaffMember> unknown ->
                        throw new AskBack(
                                "EMPLOYEE_NOT_FOUND",
                                "I'm sorry, I don't know that team member. "
                                        + (staff.isEmpty()
                                                ? "Nobody can be booked at the moment."
                                                : "You can come to "
                                                        + SpokenTime.list(
                                                                staff.stream()
                                                                        .map(StaffMember::name)
                                                                        .toList(),
                                                                "or")
                                                        + "."));
                });
    }

    /** The day that was said; empty when none was. */
    static Optional<LocalDate> day(ToolCall call) {
        return call.arguments().text(Parameter.DATE).map(said -> SaidDate.read(
                        said, call.today(), call.tenant().country())
                .orElseThrow(() -> new AskBack("DATE_NOT_UNDERSTOOD", "Which day would you like?")));
    }

    /** The start that was said; empty when none was. A day alone is no start. */
    static Optional<SaidStart> start(ToolCall call) {
        Optional<String> date = call.arguments().text(Parameter.DATE);
        return call.arguments().text(Parameter.START).map(said -> SaidStart.read(
                        said,
                        date.orElse(null),
                        call.tenant().zone(),
                        call.today(),
                        call.tenant().country())
                .orElseThrow(
                        () -> new AskBack("TIME_NOT_UNDERSTOOD", "Which day and what time would you like to come?")));
    }

    /** As {@link #start}, and a time without a day is today's. */
    static Optional<SaidStart> startOrTime(ToolCall call) {
        return isTimeAlone(call)
                ? call.arguments()
                        .text(Parameter.START)
                        .flatMap(said -> SaidStart.read(
                                said,
                                "today",
                                call.tenant().zone(),
                                call.today(),
                                call.tenant().country()))
                : start(call);
    }

    /** Whether a time was said and no day with it. */
    static boolean isTimeAlone(ToolCall call) {
        return call.arguments().text(Parameter.DATE).isEmpty()
                && call.arguments()
                        .text(Parameter.START)
                        .filter(said -> !SaidTime.read(said).isEmpty())
                        .isPresent();
    }

    /** The services in a sentence, with at most four named. */
    static String weOffer(List<Service> services) {
        if (services.isEmpty()) {
            return "There are no services to book at the moment.";
        }
        List<String> names = names(services);
        return names.size() <= MAX_NAMED
                ? "We offer: " + SpokenTime.list(names, "and") + "."
                : "We offer: " + String.join(", ", names.subList(0, MAX_NAMED)) + ", and " + (names.size() - MAX_NAMED)
                        + " more.";
    }

    private static List<String> names(List<Service> services) {
        return services.stream().map(Service::name).toList();
    }

    private static Map<String, Object> offered(List<Service> services) {
        return Map.of("services", services.stream().map(ServiceAnswer::offered).toList());
    }
}
