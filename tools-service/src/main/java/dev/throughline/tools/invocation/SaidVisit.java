package dev.throughline.tools.invocation;

import dev.throughline.tools.appointment.Wish;
import dev.throughline.tools.availability.SpokenTime;
import dev.throughline.tools.catalog.AddOn;
import dev.throughline.tools.catalog.Offering;
import dev.throughline.tools.catalog.Said;
import dev.throughline.tools.catalog.Service;
import dev.throughline.tools.catalog.SpokenNames;
import dev.throughline.tools.catalog.StaffMember;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads which visit a model passed on: one service or several ({@code colouring and a haircut}), add-ons, and who shall do it; asks back
 * by {@link AskBack} where it cannot. Pure.
 */
final class SaidVisit {

    private static final int MAX_SERVICES = 6;
    private static final String JOINTS = "(?i)\\s*(?:,|;|&|\\+|\\band\\b|\\bplus\\b|\\bthen\\b|\\bwith a\\b)\\s*";

    private SaidVisit() {}

    /** The services of the visit in the order they were said, with their add-ons and the person asked for. */
    static List<Wish.Part> parts(ToolCall call, Offering offering) {
        List<Service> services = services(call, offering.services());
        List<AddOn> wanted = addOns(call, services);
        List<Wish.Part> parts = services.stream()
                .map(service -> Wish.Part.of(
                        service,
                        service.addOns().stream().filter(wanted::contains).toList()))
                .toList();
        if (Wish.isTooLong(parts)) {
            throw tooMany();
        }
        UUID staff =
                Understanding.staff(call, offering.staff()).map(StaffMember::id).orElse(null);
        return Wish.with(staff, parts, offering);
    }

    private static List<Service> services(ToolCall call, List<Service> offered) {
        List<String> said = call.arguments().texts(Parameter.SERVICE);
        if (said.isEmpty()) {
            return List.of(Understanding.unsaid(offered));
        }
        List<Service> services = said.size() > 1
                ? said.stream()
                        .map(one -> Understanding.service(one, offered))
                        .distinct()
                        .toList()
                : inOneBreath(said.getFirst(), offered);
        if (services.size() > MAX_SERVICES) {
            throw tooMany();
        }
        return services;
    }

    private static AskBack tooMany() {
        return new AskBack("TOO_MANY_SERVICES", "That is a lot for one visit. Which would you like first?");
    }

    /** Several services only where every piece is one for sure; else the words are one name with small talk around it. */
    private static List<Service> inOneBreath(String said, List<Service> offered) {
        List<String> pieces = Arrays.stream(said.split(JOINTS))
                .filter(piece -> !piece.isBlank())
                .toList();
        if (pieces.size() > 1 && !SpokenNames.isName(said, offered)) {
            List<Service> found = new ArrayList<>();
            for (String piece : pieces) {
                if (SpokenNames.service(piece, offered) instanceof Said.Found<Service>(Service service)) {
                    found.add(service);
                }
            }
            if (found.size() == pieces.size()) {
                return found.stream().distinct().toList();
            }
        }
        return List.of(Understanding.service(said, offered));
    }

    private static List<AddOn> addOns(ToolCall call, List<Service> services) {
        List<AddOn> there =
                services.stream().flatMap(service -> service.addOns().stream()).toList();
        List<String> said = call.arguments().texts(Parameter.ADD_ONS);
        List<String> pieces = said.size() == 1 ? List.of(said.getFirst().split(JOINTS)) : said;
        return pieces.stream()
                .filter(piece -> !piece.isBlank() && !piece.matches("(?i)none|no|nothing"))
                .map(piece -> addOn(piece, there))
                .distinct()
                .toList();
    }

    private static AddOn addOn(String said, List<AddOn> there) {
        return switch (SpokenNames.addOn(said, there)) {
            case Said.Found<AddOn>(AddOn addOn) -> addOn;
            case Said.Unclear<AddOn>(List<AddOn> candidates) ->
                throw new AskBack("ADD_ON_UNCLEAR", "Do you mean " + names(candidates, "or") + "?", Map.of());
            case Said.Unknown<AddOn> unknown ->
                throw new AskBack(
                        "ADD_ON_NOT_FOUND",
                        there.isEmpty()
                                ? "I'm sorry, there is nothing to add to that."
                                : "I'm sorry, we don't have that. You can add " + names(there, "or") + ".");
        };
    }

    private static String names(List<AddOn> addOns, String joint) {
        return SpokenTime.list(addOns.stream().map(AddOn::name).limit(4).toList(), joint);
    }
}
