package dev.throughline.simulator.twilio;

import dev.throughline.simulator.SimulatorConfig;
import dev.throughline.simulator.speech.AgentTranscriber;
import dev.throughline.simulator.speech.SpeechClips;
import dev.throughline.simulator.twilio.account.MessagingServices;
import dev.throughline.simulator.twilio.account.NumberDirectory;
import dev.throughline.simulator.twilio.account.ResourceKind;
import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.account.VoiceResources;
import dev.throughline.simulator.twilio.call.CallControl;
import dev.throughline.simulator.twilio.call.CallEnvironment;
import dev.throughline.simulator.twilio.conference.ConferenceResource;
import dev.throughline.simulator.twilio.conference.Conferences;
import dev.throughline.simulator.twilio.message.MessageControl;
import dev.throughline.simulator.twilio.message.MessageEnvironment;
import dev.throughline.simulator.twilio.recording.Recordings;
import dev.throughline.simulator.twilio.stream.StreamEnvironment;
import dev.throughline.simulator.twilio.webhook.HttpAttempt;
import dev.throughline.simulator.twilio.webhook.RequestSigner;
import dev.throughline.simulator.twilio.webhook.WebhookLog;
import dev.throughline.simulator.twilio.webhook.WebhookSender;
import dev.throughline.simulator.wire.FaultPlan;
import dev.throughline.simulator.wire.FrameClock;
import dev.throughline.simulator.wire.StateFile;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.List;

/** The running Twilio stand-in. */
public final class TwilioServer {

    /** A caller's WAV of ten minutes in base64 fits; nothing else comes near. */
    private static final long MAX_BODY_BYTES = 16 * 1024 * 1024;

    private static final int MAX_FORM_ATTRIBUTE_BYTES = 64 * 1024;

    private final HttpServer http;
    private final List<StateFile> files;

    private TwilioServer(HttpServer http, List<StateFile> files) {
        this.http = http;
        this.files = files;
    }

    /**
     * Starts listening on {@code config.twilioPort()} (0 takes a free one). Reads the state directory, so call it off the event
     * loop. Fails when the port is taken.
     */
    public static Future<TwilioServer> start(Vertx vertx, SimulatorConfig config, FrameClock clock) {
        TwilioAccount account = new TwilioAccount(
                config.twilioAccountSid(), config.twilioAuthToken(), config.twilioApiKey(), config.twilioApiSecret());
        FaultPlan faults = new FaultPlan();
        Violations violations = new Violations();
        WebhookLog log = new WebhookLog();
        RequestSigner signer = new RequestSigner(account.authToken());
        WebhookSender sender =
                new WebhookSender(new HttpAttempt(vertx, signer, config.route()), faults, violations, log);
        List<StateFile> files = new ArrayList<>();
        NumberDirectory numbers = new NumberDirectory(account, file(config, "twilio-numbers.json", files));
        MessagingServices services =
                new MessagingServices(account, numbers, file(config, "twilio-messaging-services.json", files));
        VoiceResources applications =
                new VoiceResources(account, ResourceKind.APPLICATION, file(config, "twilio-applications.json", files));
        VoiceResources sipDomains =
                new VoiceResources(account, ResourceKind.SIP_DOMAIN, file(config, "twilio-sip-domains.json", files));
        SpeechClips clips = SpeechClips.load();
        AgentTranscriber transcriber = new AgentTranscriber(clips);

        Recordings recordings = new Recordings(account, sender);
        Conferences rooms = new Conferences(account, vertx, sender, violations, recordings);
        CallControl calls = new CallControl(new CallEnvironment(
                account,
                numbers,
                applications,
                sipDomains,
                sender,
                StreamEnvironment.of(vertx, config.route(), signer, faults, violations, clock),
                recordings,
                rooms,
                violations,
                clips::callerAudio,
                transcriber::transcribe));
        MessageControl messages = new MessageControl(
                new MessageEnvironment(account, numbers, services, sender, faults, violations),
                file(config, "twilio-opt-outs.json", files));

        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        new RestApi(router, account, faults, violations)
                .serve(new RestRoutes(
                        messages.resource(),
                        calls.resource(),
                        calls.streams(),
                        new ConferenceResource(rooms),
                        calls.participants(),
                        recordings,
                        numbers,
                        services,
                        applications,
                        sipDomains));
        new ControlApi(calls, messages, numbers, applications, faults, violations, log).addTo(router);

        return vertx.createHttpServer(new HttpServerOptions().setMaxFormAttributeSize(MAX_FORM_ATTRIBUTE_BYTES))
                .requestHandler(router)
                .listen(config.twilioPort().orElseThrow())
                .map(http -> new TwilioServer(http, files));
    }

    /** The port listened on. */
    public int port() {
        return http.actualPort();
    }

    /** Stops listening and stores what is not stored yet. Calls under way are not ended. */
    public Future<Void> close() {
        return http.close().onComplete(done -> storeState());
    }

    /** Stores what is not stored yet; waits for it at most 5 s per file. */
    public void storeState() {
        files.forEach(StateFile::close);
    }

    private static StateFile file(SimulatorConfig config, String name, List<StateFile> files) {
        StateFile file = new StateFile(config.stateDir(), name);
        files.add(file);
        return file;
    }
}
