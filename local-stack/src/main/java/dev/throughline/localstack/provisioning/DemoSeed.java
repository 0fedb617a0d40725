package dev.throughline.localstack.provisioning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The business of the demo story: Harbour Salon in New York, two services, two people. */
final class DemoSeed {

    static final String NAME = "Harbour Salon";

    private DemoSeed() {}

    /** The tenant record as {@code POST /api/tenants} takes it. */
    static Map<String, Object> tenant(String numberSid) {
        return Map.of(
                "name",
                NAME,
                "twilioPhoneNumber",
                DemoTenant.NUMBER,
                "twilioPhoneNumberSid",
                numberSid,
                "timeZone",
                "America/New_York",
                "country",
                "US",
                "language",
                "en",
                "settings",
                settings());
    }

    private static Map<String, Object> settings() {
        Map<String, Object> hours = new LinkedHashMap<>();
        for (String day : List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")) {
            hours.put(day, Map.of("open", "09:00", "close", "17:00", "enabled", true));
        }
        hours.put("sunday", Map.of("open", "09:00", "close", "17:00", "enabled", false));
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("aiGreeting", "Hello, this is Harbour Salon. How can I help?");
        settings.put("aiTone", "warm and to the point");
        settings.put("businessHours", hours);
        settings.put("calls", calls());
        settings.put("followUps", followUps());
        return settings;
    }

    /** Texts only, long enough after the call that a story told in one go is over before. */
    private static Map<String, Object> followUps() {
        return Map.of(
                "missedCall",
                Map.of(
                        "minutes",
                        List.of(2),
                        "text",
                        "Hi {name|there}, sorry we missed your call. Just answer this text. {business}"),
                "callWithoutBooking",
                Map.of(
                        "minutes",
                        List.of(60),
                        "text",
                        "Thanks for your call, {name}. Shall we find a time for you? {business}"),
                "reminder",
                Map.of(
                        "minutes",
                        List.of(1440, 120),
                        "text",
                        "See you soon, {name}: {service} with {staff}, {time}. {business}"));
    }

    /** No answer for outside the opening hours: the agent of the story answers whenever it is told. */
    private static Map<String, Object> calls() {
        return Map.of(
                "humans",
                List.of(
                        Map.of("name", "Maria", "number", "+12025550111"),
                        Map.of("name", "Jo", "number", "+12025550112")),
                "sipAddresses",
                List.of("sip:salon@harbour.example"));
    }

    /** Services as {@code POST /api/tenants/{id}/services} takes them; the price is in the tenant's currency. */
    static List<Map<String, Object>> services() {
        return List.of(
                Map.of("name", "Colouring", "duration", 120, "price", 120),
                Map.of("name", "Haircut", "duration", 45, "price", 50));
    }

    /** People as {@code POST /api/tenants/{id}/staff} takes them. */
    static List<Map<String, Object>> staff() {
        return List.of(Map.of("name", "Maria"), Map.of("name", "Jo"));
    }
}
