package dev.throughline.tools.provisioning.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.rest.messaging.v1.Service;
import com.twilio.rest.messaging.v1.ServiceUpdater;
import com.twilio.rest.messaging.v1.service.PhoneNumber;
import dev.throughline.tools.provisioning.Found;
import dev.throughline.tools.provisioning.ProviderFailure;
import dev.throughline.tools.provisioning.Shelf;
import dev.throughline.tools.provisioning.Wish;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tenant's messaging service: where its texts go, and that the tenant's number is among its senders. */
final class MessagingServices implements Shelf {

    private static final int MOST_SENDERS = 400;

    private final TwilioAccount account;

    MessagingServices(TwilioAccount account) {
        this.account = account;
    }

    @Override
    public Optional<Found> find(Wish wish, @Nullable String rememberedId) {
        return account.find("read a messaging service", client -> Service.fetcher(wish.key())
                        .fetch(client))
                .map(this::found);
    }

    @Override
    public String create(Wish wish, ObjectNode document) {
        throw new ProviderFailure(
                "The Twilio account has no messaging service " + wish.key() + ".",
                "Correct settings.texts.messagingServiceSid in the tenant's record, or leave it out.");
    }

    @Override
    public String change(Wish wish, Found found, ObjectNode changed, ObjectNode whole) {
        account.ask("change a messaging service", client -> {
            ServiceUpdater update = Service.updater(found.id());
            TwilioAccount.text(changed, "inbound_request_url", update::setInboundRequestUrl);
            TwilioAccount.method(changed, "inbound_method", update::setInboundMethod);
            TwilioAccount.text(changed, "status_callback", update::setStatusCallback);
            if (changed.has("use_inbound_webhook_on_number")) {
                update.setUseInboundWebhookOnNumber(
                        changed.path("use_inbound_webhook_on_number").asBoolean());
            }
            return update.update(client);
        });
        for (JsonNode sender : changed.path("senders")) {
            if (!contains(found.document().path("senders"), sender.asText())) {
                account.ask("add a sender to a messaging service", client -> PhoneNumber.creator(
                                found.id(), sender.asText())
                        .create(client));
            }
        }
        return found.id();
    }

    private Found found(Service service) {
        ObjectNode document = TwilioAccount.object()
                .put("inbound_request_url", TwilioAccount.text(service.getInboundRequestUrl()))
                .put("inbound_method", TwilioAccount.text(service.getInboundMethod()))
                .put("status_callback", TwilioAccount.text(service.getStatusCallback()))
                .put("use_inbound_webhook_on_number", Boolean.TRUE.equals(service.getUseInboundWebhookOnNumber()));
        ArrayNode senders = document.putArray("senders");
        account.ask("list a messaging service's senders", client -> {
            for (PhoneNumber number :
                    PhoneNumber.reader(service.getSid()).limit(MOST_SENDERS).read(client)) {
                senders.add(number.getSid());
            }
            return senders;
        });
        return new Found(service.getSid(), document);
    }

    private static boolean contains(JsonNode list, String text) {
        for (JsonNode element : list) {
            if (element.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }
}
