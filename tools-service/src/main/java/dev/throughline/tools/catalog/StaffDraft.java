package dev.throughline.tools.catalog;

import dev.throughline.events.tenant.TenantSettings.DayHours;
import dev.throughline.platform.web.Problem;
import dev.throughline.tools.tenant.DayDraft;
import dev.throughline.tools.tenant.Texts;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A staff member as an operator writes it.
 *
 * @param name required
 * @param serviceIds ids of the tenant's services; absent = all
 * @param workingHours as {@code businessHours} of a tenant, with breaks; absent = the tenant's
 * @param timeOff days or hours away
 */
public record StaffDraft(
        @Nullable String name,
        @Nullable List<UUID> serviceIds,
        @Nullable Map<String, WorkingDayDraft> workingHours,
        @Nullable List<TimeOffDraft> timeOff) {

    private static final int MAX_TIMES_OFF = 200;
    private static final int MAX_BREAKS = 10;

    /** As {@link DayDraft}, with breaks. */
    public record WorkingDayDraft(
            @Nullable String open,
            @Nullable String close,
            @Nullable Boolean enabled,
            @Nullable List<PauseDraft> breaks) {}

    /** Wall clock, {@code HH:MM}. */
    public record PauseDraft(
            @Nullable String from, @Nullable String to) {}

    /**
     * Days or hours away.
     *
     * @param from a date or a local date-time, inclusive
     * @param to a date, inclusive, or a local date-time, exclusive; absent = the day of {@code from}
     */
    public record TimeOffDraft(
            @Nullable String from,
            @Nullable String to,
            @Nullable String reason) {}

    /**
     * The staff member.
     *
     * @param services all of the tenant
     * @throws Problem 400 naming every wrong field
     */
    StaffMember check(UUID id, UUID tenantId, List<Service> services) {
        List<Problem.Field> wrong = new ArrayList<>();
        StaffMember member = new StaffMember(
                id,
                tenantId,
                Texts.required("name", name, 200, wrong),
                services(serviceIds, services, wrong),
                workingHours == null ? null : week(workingHours, wrong),
                timesOff(wrong));
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return member;
    }

    /** The ids, null for all; adds to {@code wrong} what is no service of the tenant. */
    static @Nullable Set<UUID> services(@Nullable List<UUID> ids, List<Service> services, List<Problem.Field> wrong) {
        if (ids == null) {
            return null;
        }
        Set<UUID> known = services.stream().map(Service::id).collect(Collectors.toSet());
        for (int i = 0; i < ids.size(); i++) {
            if (ids.get(i) == null || !known.contains(ids.get(i))) {
                wrong.add(new Problem.Field("serviceIds[" + i + "]", "is not a service of this tenant"));
            }
        }
        return wrong.isEmpty() ? new LinkedHashSet<>(ids) : Set.of();
    }

    private static Map<String, WorkingDay> week(Map<String, WorkingDayDraft> week, List<Problem.Field> wrong) {
        Map<String, DayDraft> hours = new LinkedHashMap<>();
        week.forEach((day, draft) ->
                hours.put(day, draft == null ? null : new DayDraft(draft.open(), draft.close(), draft.enabled())));
        Map<String, WorkingDay> checked = new LinkedHashMap<>();
        Map<String, DayHours> shifts = DayDraft.week("workingHours", hours, wrong);
        week.forEach((day, draft) -> {
            String weekday = day.toLowerCase(java.util.Locale.ROOT);
            DayHours shift = shifts.get(weekday);
            if (shift != null && draft != null) {
                List<WorkingDay.Pause> breaks = breaks("workingHours." + day + ".breaks", draft.breaks(), shift, wrong);
                checked.put(weekday, new WorkingDay(shift.open(), shift.close(), shift.enabled(), breaks));
            }
        });
        return checked;
    }

    private static List<WorkingDay.Pause> breaks(
            String path, @Nullable List<PauseDraft> drafts, DayHours shift, List<Problem.Field> wrong) {
        if (drafts == null) {
            return List.of();
        }
        if (drafts.size() > MAX_BREAKS) {
            wrong.add(new Problem.Field(path, "must be at most " + MAX_BREAKS));
            return List.of();
        }
        List<WorkingDay.Pause> breaks = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            String field = path + "[" + i + "]";
            PauseDraft draft = drafts.get(i);
            LocalTime from = draft == null ? null : DayDraft.time(field + ".from", draft.from(), wrong);
            LocalTime to = draft == null ? null : DayDraft.time(field + ".to", draft.to(), wrong);
            if (from != null && to != null) {
                if (!isWithin(from, to, shift)) {
                    wrong.add(new Problem.Field(field, "must lie within the shift and end after it begins"));
                }
                breaks.add(new WorkingDay.Pause(from.toString(), to.toString()));
            }
        }
        breaks.sort(Comparator.comparing(pause -> sinceOpening(LocalTime.parse(pause.from()), shift)));
        return breaks;
    }

    private static boolean isWithin(LocalTime from, LocalTime to, DayHours shift) {
        int closes = sinceOpening(LocalTime.parse(shift.close()), shift);
        int begins = sinceOpening(from, shift);
        int ends = sinceOpening(to, shift);
        return begins < ends && ends <= (closes == 0 ? 24 * 60 : closes);
    }

    private static Integer sinceOpening(LocalTime time, DayHours shift) {
        LocalTime open = LocalTime.parse(shift.open());
        return Math.floorMod(time.toSecondOfDay() / 60 - open.toSecondOfDay() / 60, 24 * 60);
    }

    private List<TimeOff> timesOff(List<Problem.Field> wrong) {
        if (timeOff == null) {
            return List.of();
        }
        if (timeOff.size() > MAX_TIMES_OFF) {
            wrong.add(new Problem.Field("timeOff", "must be at most " + MAX_TIMES_OFF));
            return List.of();
        }
        List<TimeOff> checked = new ArrayList<>();
        for (int i = 0; i < timeOff.size(); i++) {
            String path = "timeOff[" + i + "].";
            TimeOffDraft draft = timeOff.get(i) == null ? new TimeOffDraft(null, null, null) : timeOff.get(i);
            String reason = Texts.optional(path + "reason", draft.reason(), 200, wrong);
            LocalSpan.read(path, draft.from(), draft.to(), wrong)
                    .ifPresent(span -> checked.add(new TimeOff(span.from(), span.to(), reason)));
        }
        checked.sort(Comparator.comparing(TimeOff::from));
        return checked;
    }
}
