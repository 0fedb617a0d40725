package dev.throughline.tools.provisioning.twilio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumberUpdater;
import dev.throughline.tools.provisioning.Found;
import dev.throughline.tools.provisioning.ProviderFailure;
import dev.throughline.tools.provisioning.Shelf;
import dev.throughline.tools.provisioning.Wish;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Numbers of the account and where they ask ({@code IncomingPhoneNumbers}). A number is bought or ported by people, never here. */
final class Numbers implements Shelf {

    private final TwilioAccount account;

    Numbers(TwilioAccount account) {
        this.account = account;
    }

    @Override
    public Optional<Found> find(Wish wish, @Nullable String rememberedId) {
        return find(wish.key());
    }

    /** Where the number's calls go; empty when the account has no such number. */
    Optional<String> voiceUrl(String number) {
        return find(number).map(found -> found.document().path("voice_url").asText());
    }

    @Override
    public String create(Wish wish, ObjectNode document) {
        throw new ProviderFailure(
                "The number " + wish.key() + " is not in the Twilio account.",
                "Buy or port it there, or correct it in the tenant's record.");
    }

    @Override
    public String change(Wish wish, Found found, ObjectNode changed, ObjectNode whole) {
        account.ask("change the number " + wish.key(), client -> {
            IncomingPhoneNumberUpdater update = IncomingPhoneNumber.updater(found.id());
            TwilioAccount.text(changed, "voice_url", update::setVoiceUrl);
            TwilioAccount.method(changed, "voice_method", update::setVoiceMethod);
            TwilioAccount.text(changed, "voice_application_sid", update::setVoiceApplicationSid);
            TwilioAccount.text(changed, "status_callback", update::setStatusCallback);
            TwilioAccount.method(changed, "status_callback_method", update::setStatusCallbackMethod);
            TwilioAccount.text(changed, "sms_url", update::setSmsUrl);
            TwilioAccount.method(changed, "sms_method", update::setSmsMethod);
            TwilioAccount.text(changed, "sms_application_sid", update::setSmsApplicationSid);
            return update.update(client);
        });
        return found.id();
    }

    private Optional<Found> find(String number) {
        return account.ask("list its numbers", client -> {
            for (IncomingPhoneNumber found : IncomingPhoneNumber.reader()
                    .setPhoneNumber(number)
                    .limit(20)
                    .read(client)) {
                // The filter matches parts of numbers too.
                if (found.getPhoneNumber() != null
                        && found.getPhoneNumber().toString().equals(number)) {
                    return Optional.of(new Found(found.getSid(), document(found)));
                }
            }
            return Optional.empty();
        });
    }

    private static ObjectNode document(IncomingPhoneNumber number) {
        return TwilioAccount.object()
                .put("voice_url", TwilioAccount.text(number.getVoiceUrl()))
                .put("voice_method", TwilioAccount.text(number.getVoiceMethod()))
                .put("voice_application_sid", TwilioAccount.text(number.getVoiceApplicationSid()))
                .put("status_callback", TwilioAccount.text(number.getStatusCallback()))
                .put("status_callback_method", TwilioAccount.text(number.getStatusCallbackMethod()))
                .put("sms_url", TwilioAccount.text(number.getSmsUrl()))
                .put("sms_method", TwilioAccount.text(number.getSmsMethod()))
                .put("sms_application_sid", TwilioAccount.text(number.getSmsApplicationSid()));
    }
}
