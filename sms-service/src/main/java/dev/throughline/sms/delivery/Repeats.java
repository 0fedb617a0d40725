package dev.throughline.sms.delivery;

import dev.throughline.events.EventIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TextSettings.QuietHours;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.quiet.LeadZones;
import dev.throughline.platform.quiet.QuietTime;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.outbound.OutboundText;
import dev.throughline.sms.outbound.OutboundTexts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends a text that was not delivered once more: planned in the transaction that stores the failure, as a text of its own, and never a
 * second time. Not when the customer has opted out, not into quiet hours, and no answer that a human or a newer text has overtaken.
 */
@ApplicationScoped
class Repeats {

    private final OutboundTexts texts;
    private final Outbox outbox;
    private final TenantDirectory tenants;
    private final SmsConfig config;

    Repeats(OutboundTexts texts, Outbox outbox, TenantDirectory tenants, SmsConfig config) {
        this.texts = texts;
        this.outbox = outbox;
        this.tenants = tenants;
        this.config = config;
    }

    /** Plans the repeat of a text that Twilio reports on; when it will leave, empty when there is none. */
    Uni<Optional<Instant>> plan(
            SqlClient tx, OutboundText text, String status, @Nullable Integer errorCode, Instant now) {
        Optional<Instant> at = RepeatRule.wait(status, errorCode, config.repeat())
                .filter(wait -> text.repeats() == null)
                .flatMap(wait -> notQuiet(text, now.plus(wait)));
        if (at.isEmpty()) {
            return Uni.createFrom().item(at);
        }
        OutboundText again = text.again(EventIds.of("repeat", text.id()));
        return outbox.hold(tx, text.leadId())
                .chain(() -> stillWanted(tx, text))
                .chain(wanted -> wanted
                        ? texts.add(tx, again, now, at.get(), null)
                        : Uni.createFrom().item(false))
                .map(added -> at.filter(time -> added));
    }

    private Optional<Instant> notQuiet(OutboundText text, Instant at) {
        Optional<Tenant> tenant = tenants.byId(text.tenantId());
        QuietHours rule =
                tenant.map(known -> known.settings().texts().quietHours()).orElse(null);
        boolean quiet = rule != null
                && QuietTime.until(
                                rule, LeadZones.of(text.customer(), tenant.get().zone()), at)
                        .isPresent();
        return tenant.isPresent() && !quiet ? Optional.of(at) : Optional.empty();
    }

    private static Uni<Boolean> stillWanted(SqlClient tx, OutboundText text) {
        return tx.preparedQuery("""
                        SELECT NOT EXISTS (SELECT 1 FROM consent WHERE tenant_id = $1 AND lead_id = $2 AND opted_out)
                           AND ($4::text IS NULL
                                OR NOT EXISTS (SELECT 1 FROM take_over WHERE lead_id = $2)
                               AND NOT EXISTS (SELECT 1 FROM outbound_text t, outbound_text o
                                               WHERE o.id = $3 AND t.lead_id = $2 AND t.created_at > o.created_at
                                                 AND t.in_reply_to IS DISTINCT FROM o.in_reply_to)
                               AND NOT EXISTS (SELECT 1 FROM inbound_text i, outbound_text o
                                               WHERE o.id = $3 AND i.lead_id = $2 AND i.received_at > o.created_at))""")
                .execute(Tuple.of(text.tenantId(), text.leadId(), text.id(), text.inReplyTo()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }
}
