package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.CallAnswer;
import dev.throughline.events.tenant.CallAnswer.Kind;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import dev.throughline.events.tenant.CallSettings.Human;
import dev.throughline.platform.web.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a draft of {@code settings.calls} into settings, naming everything that is wrong with it. Pure. */
final class CallsCheck {

    private static final String PATH = "settings.calls.";
    private static final int MESSAGE = 600;
    private static final int NAME = 80;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_BLOCKED = 1_000;
    private static final int MAX_SIP = 50;
    private static final int MAX_HUMANS = 20;
    /** The user part as RFC 3261 §25.1 writes it, without password and escapes; no port, no parameters. */
    private static final Pattern SIP =
            Pattern.compile("sip:[a-z0-9_.!~*'&=+$,;?/-]{1,64}@[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private final String country;
    private final boolean canRing;
    private final List<Problem.Field> wrong;

    private CallsCheck(String country, boolean canRing, List<Problem.Field> wrong) {
        this.country = country;
        this.canRing = canRing;
        this.wrong = wrong;
    }

    /**
     * The settings.
     *
     * @param canRing whether the tenant has a fallback number, which {@code RING} needs
     * @param wrong gets every wrong field
     */
    static CallSettings settings(
            @Nullable CallsDraft draft, String country, boolean canRing, List<Problem.Field> wrong) {
        return draft == null ? CallSettings.standard() : new CallsCheck(country, canRing, wrong).read(draft);
    }

    private CallSettings read(CallsDraft draft) {
        return new CallSettings(
                answer("outsideHours", draft.outsideHours()),
                answer("overLimit", draft.overLimit()),
                answer("blocked", draft.blocked()),
                answer("rateLimited", draft.rateLimited()),
                agentDown(draft.agentDown()),
                limit("maxConcurrentCalls", draft.maxConcurrentCalls()),
                limit("callsPerMinute", draft.callsPerMinute()),
                blockedCallers(list("blockedCallers", draft.blockedCallers(), MAX_BLOCKED)),
                sipAddresses(list("sipAddresses", draft.sipAddresses(), MAX_SIP)),
                draft.answeringMachine() == null ? AnsweringMachine.HANG_UP : draft.answeringMachine(),
                Texts.optional(PATH + "answeringMachineMessage", draft.answeringMachineMessage(), MESSAGE, wrong),
                humans(list("humans", draft.humans(), MAX_HUMANS)));
    }

    private @Nullable CallAnswer answer(String name, CallsDraft.@Nullable Answer draft) {
        if (draft == null) {
            return null;
        }
        String message = Texts.optional(PATH + name + ".message", draft.message(), MESSAGE, wrong);
        if (draft.kind() == null) {
            refuse(name + ".kind", "is required");
            return null;
        }
        if (draft.kind() == Kind.RING && !canRing) {
            refuse(name + ".kind", "is RING, which needs settings.fallbackNumber");
        }
        return new CallAnswer(draft.kind(), message);
    }

    private @Nullable CallAnswer agentDown(CallsDraft.@Nullable Answer draft) {
        CallAnswer answer = answer("agentDown", draft);
        if (answer != null && answer.kind() == Kind.AGENT) {
            refuse("agentDown.kind", "cannot be AGENT: it is the agent that cannot be reached");
        }
        return answer;
    }

    private @Nullable Integer limit(String name, @Nullable Integer limit) {
        if (limit != null && (limit < 1 || limit > MAX_LIMIT)) {
            refuse(name, "must be between 1 and " + MAX_LIMIT);
        }
        return limit;
    }

    private <T> List<T> list(String name, @Nullable List<T> list, int max) {
        if (list == null) {
            return List.of();
        }
        if (list.size() > max) {
            refuse(name, "must have at most " + max + " entries");
            return List.of();
        }
        return list;
    }

    private Set<String> blockedCallers(List<@Nullable String> numbers) {
        Set<String> read = new LinkedHashSet<>();
        for (int i = 0; i < numbers.size(); i++) {
            String number = number("blockedCallers[" + i + "]", numbers.get(i));
            if (number != null) {
                read.add(number);
            }
        }
        return read;
    }

    private Set<String> sipAddresses(List<@Nullable String> addresses) {
        Set<String> read = new LinkedHashSet<>();
        for (int i = 0; i < addresses.size(); i++) {
            String address = addresses.get(i);
            String lower = address == null ? "" : address.strip().toLowerCase(Locale.ROOT);
            if (SIP.matcher(lower).matches()) {
                read.add(lower);
            } else {
                refuse("sipAddresses[" + i + "]", "must be a SIP address, e.g. sip:salon@example.com");
            }
        }
        return read;
    }

    /** Names are how a person is chosen, so no two are the same. */
    private List<Human> humans(List<CallsDraft.@Nullable Person> people) {
        List<Human> humans = new ArrayList<>();
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < people.size(); i++) {
            String field = "humans[" + i + "]";
            CallsDraft.Person person = people.get(i);
            if (person == null) {
                refuse(field, "must be a JSON object");
                continue;
            }
            String name = Texts.required(PATH + field + ".name", person.name(), NAME, wrong);
            String number = number(field + ".number", person.number());
            if (!name.isEmpty() && !names.add(name)) {
                refuse(field + ".name", "belongs to another of them already");
            }
            if (number != null) {
                humans.add(new Human(name, number));
            }
        }
        return humans;
    }

    private @Nullable String number(String field, @Nullable String number) {
        if (number == null || number.isBlank()) {
            refuse(field, "is required");
            return null;
        }
        return Texts.phone(PATH + field, number, country, wrong);
    }

    private void refuse(String field, String message) {
        wrong.add(new Problem.Field(PATH + field, message));
    }
}
