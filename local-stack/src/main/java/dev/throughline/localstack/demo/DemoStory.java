package dev.throughline.localstack.demo;

import dev.throughline.localstack.customer.ElevenLabsStandIn;
import dev.throughline.localstack.customer.TwilioStandIn;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.provisioning.DemoTenant;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The story from the first text to the scored conversation. A step that fails ends it, since the next ones stand on it. */
public final class DemoStory {

    private static final List<Step> STEPS = List.of(
            new CustomerTexts(),
            new LeadIsKnown(),
            new CustomerCalls(),
            new CallerBargesIn(),
            new CallEnds(),
            new AppointmentExists(),
            new ConversationIsOne(),
            new StreamResumes(),
            new NoViolations());

    private final String front;
    private final TwilioStandIn twilio;
    private final ElevenLabsStandIn elevenLabs;
    private final String token;
    private final Consumer<String> out;

    /**
     * A story on a running stack.
     *
     * @param front the front's URL
     * @param token of an operator of the demo tenant
     * @param out takes the narration, line by line
     */
    public DemoStory(
            String front, TwilioStandIn twilio, ElevenLabsStandIn elevenLabs, String token, Consumer<String> out) {
        this.front = front;
        this.twilio = twilio;
        this.elevenLabs = elevenLabs;
        this.token = token;
        this.out = out;
    }

    /** Plays all steps; true when every one was seen to be true. */
    public boolean play() throws IOException, InterruptedException {
        Story story = new Story(
                twilio, elevenLabs, JsonHttp.bearing(front, token), token, DemoTenant.NUMBER, unusedCustomer());
        out.accept("Customer " + story.customer + ", business " + story.business + ", page " + front + "/");
        try {
            for (int i = 0; i < STEPS.size(); i++) {
                if (!play(i + 1, STEPS.get(i), story)) {
                    return false;
                }
            }
        } finally {
            if (story.hasLive()) {
                story.live().close();
            }
        }
        out.accept("");
        out.accept("Measured:");
        story.measurements().forEach(line -> out.accept("  " + line));
        return true;
    }

    private boolean play(int number, Step step, Story story) throws InterruptedException {
        out.accept("");
        out.accept(number + ". " + step.title());
        Instant from = Instant.now();
        try {
            String seen = step.play(story);
            double seconds = Duration.between(from, Instant.now()).toMillis() / 1000.0;
            out.accept(String.format(Locale.ROOT, "   ✔ %s (%.1f s)", seen, seconds));
            return true;
        } catch (Step.NotSeen e) {
            out.accept("   ✘ " + e.getMessage());
        } catch (IOException e) {
            out.accept("   ✘ could not be seen: " + e.getMessage());
        }
        return false;
    }

    /** The story's customer, or on a stack that has heard it before another one, who is a new lead. */
    private String unusedCustomer() throws IOException {
        for (int last = 42; last < 100; last++) {
            String number = "+120255501" + last;
            if (twilio.messages(number).isEmpty()) {
                return number;
            }
        }
        return DemoTenant.CUSTOMER;
    }
}
