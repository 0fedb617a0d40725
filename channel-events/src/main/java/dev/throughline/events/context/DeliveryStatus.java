package dev.throughline.events.context;

/**
 * The order in which a text's delivery may move: forward only, because callbacks are repeated and reordered (Twilio,
 * <em>Track outbound message status</em>).
 */
public final class DeliveryStatus {

    private DeliveryStatus() {}

    /** The rank of Twilio's MessageStatus; -1 for one we do not know. */
    public static int rank(String status) {
        return switch (status) {
            case "accepted" -> 0;
            case "scheduled" -> 1;
            case "queued" -> 2;
            case "sending" -> 3;
            case "sent" -> 4;
            case "delivered", "undelivered", "failed", "canceled" -> 5;
            case "read" -> 6;
            default -> -1;
        };
    }
}
