package dev.throughline.localstack.bench.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One run:
 *
 * <pre>
 *   5,000 bookings ahead ─▶ availability at 50 a second, one at a time, its SQL ─▶ an old book behind them ─▶ the same three
 *                        ─▶ bookings, their SQL ─▶ the service again, asking for more days ─▶ one at a time, its SQL
 * </pre>
 */
public final class ToolsBench {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final LocalTime FIRST_FREE = LocalTime.of(14, 0);
    private static final int FREE_A_DAY = 6;
    private static final int MINUTES = 30;
    private static final int CALLERS = 8;

    private final Settings settings;
    private final ToolsPlan plan;
    private final Progress progress;
    private final List<ToolsReport.Row> rows = new ArrayList<>();

    public ToolsBench(Settings settings, ToolsPlan plan, Progress progress) {
        this.settings = settings;
        this.plan = plan;
        this.progress = progress;
    }

    /** The business that is asked. */
    private record Salon(UUID id, String secret, UUID service, List<UUID> staff) {}

    /** @throws dev.throughline.localstack.settings.SettingsException when a process does not start */
    public ToolsReport run() throws IOException, InterruptedException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        try (ToolsWorkbench bench = new ToolsWorkbench(settings)) {
            Thread stop = new Thread(bench::close);
            Runtime.getRuntime().addShutdownHook(stop);
            progress.say("  starting PostgreSQL, Kafka and tools-service; logs are in "
                    + bench.directories().logs());
            bench.startServers();
            bench.startService(plan.days().getFirst());
            Salon salon = open(bench.admin());
            try (BookDatabase book = new BookDatabase(bench.jdbcUrl(), salon.id())) {
                measure(bench, salon, book);
            }
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (SQLException e) {
            throw new IOException("the book could not be filled or asked: " + e.getMessage(), e);
        }
        return new ToolsReport(plan, List.copyOf(rows), load);
    }

    private void measure(ToolsWorkbench bench, Salon salon, BookDatabase book)
            throws IOException, InterruptedException, SQLException {
        int asked = plan.days().getFirst();
        LocalDate first = LocalDate.now(ZONE).plusDays(1);
        book.seed(salon.service(), first, 1, plan.bookings());
        progress.say("  warming up");
        availability(bench, salon, plan.warmUp());
        progress.say("  measuring availability, " + plan.bookings() + " bookings");
        row(ToolsReport.AVAILABILITY, asked, availability(bench, salon, plan.window()));
        row(ToolsReport.ONE, asked, oneAtATime(bench, salon));
        row(ToolsReport.SQL, asked, book.calendarQuery(first, asked, plan.window()));
        book.seed(salon.service(), first.minusDays(3), -1, plan.oldBookings());
        progress.say("  measuring availability, " + plan.oldBookings() + " old bookings behind");
        row(ToolsReport.AVAILABILITY_OLD, asked, availability(bench, salon, plan.window()));
        row(ToolsReport.ONE_OLD, asked, oneAtATime(bench, salon));
        row(ToolsReport.SQL, asked, book.calendarQuery(first, asked, plan.window()));
        progress.say("  measuring bookings, " + CALLERS + " callers at once");
        row(ToolsReport.BOOKING, 0, bookings(bench, salon, first));
        row(ToolsReport.SQL, 0, book.bookingInserts(plan.window()));
        for (int days : plan.days().subList(1, plan.days().size())) {
            progress.say("  measuring availability of " + days + " days");
            bench.startService(days);
            availability(bench, salon, plan.warmUp());
            row(ToolsReport.ONE_OLD, days, oneAtATime(bench, salon));
            row(ToolsReport.SQL, days, book.calendarQuery(first, days, plan.window()));
        }
    }

    private void row(String name, int days, Figures figures) {
        rows.add(new ToolsReport.Row(name, days, figures));
    }

    private Figures availability(ToolsWorkbench bench, Salon salon, Duration window) throws InterruptedException {
        JsonHttp agent = agent(bench, salon);
        return Load.open(plan.perSecond(), window, number -> looks(agent));
    }

    private Figures oneAtATime(ToolsWorkbench bench, Salon salon) throws InterruptedException {
        JsonHttp agent = agent(bench, salon);
        return Load.closed(1, plan.window(), number -> looks(agent));
    }

    private static boolean looks(JsonHttp agent) {
        String day = LocalDate.now(ZONE).plusDays(1).toString();
        return succeeds(agent, "check_availability", Map.of("service", "Haircut", "date", day));
    }

    /** Every booking another free half hour, far from the days that are looked at. */
    private Figures bookings(ToolsWorkbench bench, Salon salon, LocalDate first) throws InterruptedException {
        JsonHttp agent = agent(bench, salon);
        return Load.closed(CALLERS, plan.window(), number -> {
            int person = number % salon.staff().size();
            int slot = number / salon.staff().size();
            String start = first.plusDays(60 + slot / FREE_A_DAY)
                    .atTime(FIRST_FREE.plusMinutes((long) MINUTES * (slot % FREE_A_DAY)))
                    .atZone(ZONE)
                    .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            return succeeds(
                    agent,
                    "book_appointment",
                    Map.of(
                            "service", "Haircut",
                            "startTime", start,
                            "employeeId", salon.staff().get(person).toString(),
                            "customerName", "A customer",
                            "customerPhone", "+12025550142"));
        });
    }

    private static boolean succeeds(JsonHttp agent, String tool, Map<String, String> arguments) {
        try {
            return agent.post("/api/tools/" + tool, arguments).path("success").asBoolean();
        } catch (IOException failed) {
            return false;
        }
    }

    private static JsonHttp agent(ToolsWorkbench bench, Salon salon) {
        return new JsonHttp(bench.url(), Map.of("X-Tool-Secret", salon.secret()));
    }

    private Salon open(JsonHttp admin) throws IOException {
        Map<String, Object> hours = new LinkedHashMap<>();
        for (String day : List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")) {
            hours.put(day, Map.of("open", "09:00", "close", "17:00", "enabled", true));
        }
        JsonNode tenant = admin.post(
                "/api/tenants",
                Map.of("name", "Bench Salon", "timeZone", ZONE.getId(), "settings", Map.of("businessHours", hours)));
        String path = "/api/tenants/" + tenant.path("id").asText();
        JsonNode service = admin.post(path + "/services", Map.of("name", "Haircut", "duration", MINUTES, "price", 50));
        List<UUID> staff = new ArrayList<>();
        for (int i = 1; i <= plan.staff(); i++) {
            staff.add(id(admin.post(path + "/staff", Map.of("name", "Person " + i))));
        }
        return new Salon(id(tenant), tenant.path("toolSecret").asText(), id(service), staff);
    }

    private static UUID id(JsonNode thing) {
        return UUID.fromString(thing.path("id").asText());
    }
}
