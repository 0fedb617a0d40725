package dev.throughline.tools.provisioning.twilio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.rest.api.v2010.account.Application;
import com.twilio.rest.api.v2010.account.ApplicationCreator;
import com.twilio.rest.api.v2010.account.ApplicationUpdater;
import dev.throughline.tools.provisioning.Found;
import dev.throughline.tools.provisioning.Shelf;
import dev.throughline.tools.provisioning.Wish;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The TwiML App that browsers and the agent's leg of a conference reach ({@code Applications}). */
final class TwimlApps implements Shelf {

    private final TwilioAccount account;

    TwimlApps(TwilioAccount account) {
        this.account = account;
    }

    @Override
    public Optional<Found> find(Wish wish, @Nullable String rememberedId) {
        for (String sid : wish.candidates(rememberedId)) {
            Optional<Application> app = account.find(
                    "read a TwiML App", client -> Application.fetcher(sid).fetch(client));
            if (app.isPresent()) {
                return app.map(TwimlApps::found);
            }
        }
        return account.ask("list its TwiML Apps", client -> {
            for (Application app :
                    Application.reader().setFriendlyName(wish.key()).limit(1).read(client)) {
                return Optional.of(found(app));
            }
            return Optional.empty();
        });
    }

    @Override
    public String create(Wish wish, ObjectNode document) {
        return account.ask("make a TwiML App", client -> {
                    ApplicationCreator create = Application.creator();
                    TwilioAccount.text(document, "friendly_name", create::setFriendlyName);
                    TwilioAccount.text(document, "voice_url", create::setVoiceUrl);
                    TwilioAccount.method(document, "voice_method", create::setVoiceMethod);
                    TwilioAccount.text(document, "status_callback", create::setStatusCallback);
                    TwilioAccount.method(document, "status_callback_method", create::setStatusCallbackMethod);
                    return create.create(client);
                })
                .getSid();
    }

    @Override
    public String change(Wish wish, Found found, ObjectNode changed, ObjectNode whole) {
        account.ask("change a TwiML App", client -> {
            ApplicationUpdater update = Application.updater(found.id());
            TwilioAccount.text(changed, "voice_url", update::setVoiceUrl);
            TwilioAccount.method(changed, "voice_method", update::setVoiceMethod);
            TwilioAccount.text(changed, "status_callback", update::setStatusCallback);
            TwilioAccount.method(changed, "status_callback_method", update::setStatusCallbackMethod);
            return update.update(client);
        });
        return found.id();
    }

    private static Found found(Application app) {
        return new Found(
                app.getSid(),
                TwilioAccount.object()
                        .put("voice_url", TwilioAccount.text(app.getVoiceUrl()))
                        .put("voice_method", TwilioAccount.text(app.getVoiceMethod()))
                        .put("status_callback", TwilioAccount.text(app.getStatusCallback()))
                        .put("status_callback_method", TwilioAccount.text(app.getStatusCallbackMethod())));
    }
}
