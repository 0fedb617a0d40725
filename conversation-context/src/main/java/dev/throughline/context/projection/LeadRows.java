package dev.throughline.context.projection;

import dev.throughline.context.lead.LeadSummary;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The leads of a batch as columns, so that one statement writes them all. */
final class LeadRows {

    static final String UPSERT = """
            insert into lead (lead_id, tenant_id, name, phone, last_activity, last_channel, last_speaker, last_text, score,
                              calling_since, last_offset, context, events, linked, joined, waiting_since, first_contact, kafka_partition)
            select lead_id, tenant_id, name, phone, last_activity, last_channel, last_speaker, last_text, score,
                   calling_since, last_offset, context, events, linked::uuid[], joined, waiting_since, first_contact, part
              from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[],
                          $9::int[], $10::timestamptz[], $11::bigint[], $12::bytea[], $13::int[], $14::text[], $15::bytea[],
                          $16::timestamptz[], $17::timestamptz[], $18::int[])
                   as t(lead_id, tenant_id, name, phone, last_activity, last_channel, last_speaker, last_text, score,
                        calling_since, last_offset, context, events, linked, joined, waiting_since, first_contact, part)
            on conflict (lead_id) do update set
              name = excluded.name, phone = excluded.phone, last_activity = excluded.last_activity,
              last_channel = excluded.last_channel, last_speaker = excluded.last_speaker, last_text = excluded.last_text,
              score = excluded.score, calling_since = excluded.calling_since, last_offset = excluded.last_offset,
              context = excluded.context, events = excluded.events, linked = excluded.linked, joined = excluded.joined,
              waiting_since = excluded.waiting_since, first_contact = excluded.first_contact,
              kafka_partition = excluded.kafka_partition""";

    private record One(LeadFold fold, LeadSummary lead) {}

    private LeadRows() {}

    /** The parameters of {@link #UPSERT}. */
    static Tuple of(Collection<LeadFold> folds) {
        List<One> all = folds.stream()
                .map(fold -> new One(fold, LeadSummary.of(fold.context())))
                .toList();
        return Tuple.tuple()
                .addArrayOfUUID(column(all, one -> one.lead().leadId(), UUID[]::new))
                .addArrayOfUUID(column(all, one -> one.lead().tenantId(), UUID[]::new))
                .addArrayOfString(column(all, one -> one.lead().name(), String[]::new))
                .addArrayOfString(column(all, one -> one.lead().phone(), String[]::new))
                .addArrayOfOffsetDateTime(column(all, one -> utc(one.lead().lastActivity()), OffsetDateTime[]::new))
                .addArrayOfString(column(all, one -> name(one.lead().lastChannel()), String[]::new))
                .addArrayOfString(column(all, one -> name(one.lead().lastSpeaker()), String[]::new))
                .addArrayOfString(column(all, one -> one.lead().lastText(), String[]::new))
                .addArrayOfInteger(column(all, one -> one.lead().score(), Integer[]::new))
                .addArrayOfOffsetDateTime(column(all, one -> utc(one.lead().callingSince()), OffsetDateTime[]::new))
                .addArrayOfLong(column(all, one -> one.fold().lastOffset(), Long[]::new))
                .addValue(column(all, one -> Buffer.buffer(one.fold().encoded()), Buffer[]::new))
                .addArrayOfInteger(column(all, one -> one.fold().events(), Integer[]::new))
                .addArrayOfString(column(all, one -> linked(one.fold()), String[]::new))
                .addValue(column(all, one -> buffer(one.fold().joined()), Buffer[]::new))
                .addArrayOfOffsetDateTime(column(all, one -> utc(one.lead().waitingSince()), OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(
                        column(all, one -> utc(one.fold().context().firstContact()), OffsetDateTime[]::new))
                .addArrayOfInteger(column(all, one -> one.fold().partition(), Integer[]::new));
    }

    /** An array in an array cannot be unnested by one level: each lead's links are one text. */
    private static String linked(LeadFold fold) {
        return fold.context().linked().stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static @Nullable Buffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : Buffer.buffer(bytes);
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static <T> @Nullable T[] column(
            List<One> all, Function<One, @Nullable T> value, IntFunction<@Nullable T[]> array) {
        return all.stream().map(value).toArray(array);
    }
}
