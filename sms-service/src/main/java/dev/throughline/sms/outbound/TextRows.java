package dev.throughline.sms.outbound;

import dev.throughline.events.Speaker;
import dev.throughline.sms.outbound.OutboundTexts.Contact;
import dev.throughline.sms.outbound.OutboundTexts.State;
import dev.throughline.sms.outbound.OutboundTexts.Stored;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code outbound_text}. Pure. */
final class TextRows {

    private TextRows() {}

    static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> read) {
        return rows.iterator().hasNext()
                ? Optional.of(read.apply(rows.iterator().next()))
                : Optional.empty();
    }

    static List<UUID> ids(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getUUID("id"))
                .toList();
    }

    static Stored stored(Row row) {
        return new Stored(
                text(row),
                State.valueOf(row.getString("state")),
                row.getOffsetDateTime("not_before").toInstant(),
                row.getString("request_hash"),
                row.getString("message_sid"),
                row.getString("reason"));
    }

    static Contact contact(Row row) {
        return new Contact(row.getString("customer"), row.getString("business_number"));
    }

    static OutboundText text(Row row) {
        return new OutboundText(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getUUID("lead_id"),
                row.getString("customer"),
                new Sender(row.getString("business_number"), row.getString("messaging_service_sid")),
                row.getString("body"),
                List.of(row.getArrayOfStrings("media_urls")),
                Speaker.valueOf(row.getString("author")),
                row.getString("in_reply_to"),
                row.getInteger("part"),
                row.getString("conversation_id"),
                errand(row),
                row.getUUID("repeats"),
                row.getInteger("attempts"),
                claimedAt(row));
    }

    private static @Nullable Errand errand(Row row) {
        String purpose = row.getString("purpose");
        return purpose == null
                ? null
                : new Errand(Errand.Purpose.of(purpose).orElseThrow(), row.getString("errand_key"));
    }

    private static @Nullable Instant claimedAt(Row row) {
        OffsetDateTime claimed = row.getOffsetDateTime("claimed_at");
        return claimed == null ? null : claimed.toInstant();
    }
}
