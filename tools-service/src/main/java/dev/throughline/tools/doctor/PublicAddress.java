package dev.throughline.tools.doctor;

import java.util.Locale;

/** What it means where a request through the public address came out. Pure. */
final class PublicAddress {

    private PublicAddress() {}

    /** As Twilio would ask. */
    static Check twilio(String service, String base, Reached reached) {
        return check(
                "public-url." + service,
                service + " is reached as Twilio reaches it",
                service,
                base,
                reached,
                "Its signature is refused: set the same TWILIO_AUTH_TOKEN and the same APP_BASE_URL at every service, and let nothing"
                        + " on the way rewrite path or query.");
    }

    /** As ElevenLabs would ask. */
    static Check elevenLabs(String service, String base, Reached reached) {
        return check(
                "signature.elevenlabs." + service,
                service + " accepts ElevenLabs' signature",
                service,
                base,
                reached,
                "Its signature is refused: give " + service
                        + " the same ELEVENLABS_WEBHOOK_SECRET, or the same file in ELEVENLABS_WEBHOOK_SECRET_FILE.");
    }

    /** As Twilio opens the socket of a call. */
    static Check socket(String base, Reached reached) {
        return check(
                "public-url.socket",
                "a call's socket opens",
                "media-bridge",
                base,
                reached,
                "The upgrade is refused: set the same TWILIO_AUTH_TOKEN and APP_BASE_URL at media-bridge, and let the proxy pass"
                        + " WebSockets.");
    }

    private static Check check(String id, String title, String service, String base, Reached reached, String refused) {
        return switch (reached) {
            case Reached.Ours ours -> Check.ok(id, title, "A signed request to " + base + " was answered by it.");
            case Reached.Misled(String other) ->
                Check.fault(
                        id,
                        title,
                        "The address leads to " + other + " instead.",
                        "Route the paths of deploy/routes.yaml to their services, the more specific first.");
            case Reached.Stranger stranger ->
                Check.fault(
                        id,
                        title,
                        "Something answers at " + base + " that is not this installation.",
                        "Point APP_BASE_URL at this installation, and give every service the same INTERNAL_SECRET.");
            case Reached.Nobody(String why) ->
                Check.fault(
                        id,
                        title,
                        base + " is not reached: " + why + ".",
                        "Point APP_BASE_URL's name at the ingress (or start the tunnel), with a certificate everybody accepts.");
            case Reached.Answered(int status) ->
                Check.fault(id, title, answered(base, status), cure(service, status, refused));
        };
    }

    private static String answered(String base, int status) {
        return String.format(Locale.ROOT, "%s answers %d.", base, status);
    }

    private static String cure(String service, int status, String refused) {
        return switch (status) {
            case 401, 403 -> refused;
            case 301, 302, 307, 308 ->
                "Take the redirect away, or set APP_BASE_URL to where it leads: Twilio turns a redirected POST into a GET.";
            case 404, 405, 426 -> "Route the paths of deploy/routes.yaml to " + service + ".";
            case 502, 503, 504 -> "Start " + service + ": its readiness says what it lacks.";
            default -> "Look at what answers there, and at the log of " + service + ".";
        };
    }
}
