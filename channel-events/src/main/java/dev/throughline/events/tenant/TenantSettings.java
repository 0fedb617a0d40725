package dev.throughline.events.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code settings} of the tenant record in the seeds, with what the suite adds.
 *
 * @param elevenLabsAgentId the tenant's own agent; null = ELEVENLABS_AGENT_ID
 * @param elevenLabsTextAgentId a text-only agent for SMS; null = the voice agent is asked for text
 * @param aiGreeting the greeting; null = the agent's own
 * @param aiTone personality, null = the agent's own
 * @param businessHours by lower-case English weekday; a missing day is closed
 * @param elevenLabsOverrides paths the tenant's agent allows to override, for example {@code agent.first_message};
 *     sending one that is not enabled ends the conversation (ElevenLabs, Overrides)
 * @param autoReply text sent when no agent can answer a text; null = silence
 * @param fallbackNumber dialled when the agent cannot be reached, E.164; null = a spoken apology
 * @param calls how calls are handled besides
 * @param texts how texts are handled besides
 * @param followUps what is done by itself after a call or before an appointment
 * @param score how much the parts of a lead's score count
 * @param widget the chat on the tenant's own pages
 */
public record TenantSettings(
        @Nullable String elevenLabsAgentId,
        @Nullable String elevenLabsTextAgentId,
        @Nullable String aiGreeting,
        @Nullable String aiTone,
        Map<String, DayHours> businessHours,
        Set<String> elevenLabsOverrides,
        @Nullable String autoReply,
        @Nullable String fallbackNumber,
        CallSettings calls,
        TextSettings texts,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) FollowUpSettings followUps,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) ScoreSettings score,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) WidgetSettings widget) {

    /**
     * Opening hours of one weekday, wall clock in the tenant's zone.
     *
     * @param open {@code HH:mm}, inclusive
     * @param close {@code HH:mm}, exclusive; at or before {@code open} it is of the next day
     * @param enabled false = closed that day
     */
    public record DayHours(String open, String close, boolean enabled) {

        /** Whether the day's work ends on the next day. */
        boolean pastMidnight() {
            return LocalTime.parse(close).compareTo(LocalTime.parse(open)) <= 0;
        }
    }

    @SuppressWarnings("NullAway") // Jackson passes null for what an older publisher did not know
    public TenantSettings {
        businessHours = businessHours == null ? Map.of() : inWeekOrder(businessHours);
        elevenLabsOverrides = elevenLabsOverrides == null ? Set.of() : Set.copyOf(elevenLabsOverrides);
        calls = calls == null ? CallSettings.standard() : calls;
        texts = texts == null ? TextSettings.standard() : texts;
        followUps = followUps == null ? FollowUpSettings.none() : followUps;
        score = score == null ? ScoreSettings.standard() : score;
        widget = widget == null ? WidgetSettings.none() : widget;
    }

    /** Settings that tell nothing of texts, follow-ups, the score and the chat. */
    public TenantSettings(
            @Nullable String elevenLabsAgentId,
            @Nullable String elevenLabsTextAgentId,
            @Nullable String aiGreeting,
            @Nullable String aiTone,
            Map<String, DayHours> businessHours,
            Set<String> elevenLabsOverrides,
            @Nullable String autoReply,
            @Nullable String fallbackNumber,
            CallSettings calls) {
        this(
                elevenLabsAgentId,
                elevenLabsTextAgentId,
                aiGreeting,
                aiTone,
                businessHours,
                elevenLabsOverrides,
                autoReply,
                fallbackNumber,
                calls,
                TextSettings.standard(),
                FollowUpSettings.none(),
                ScoreSettings.standard(),
                WidgetSettings.none());
    }

    private static Map<String, DayHours> inWeekOrder(Map<String, DayHours> hours) {
        Map<String, DayHours> week = new LinkedHashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name().toLowerCase(Locale.ROOT);
            if (hours.containsKey(name)) {
                week.put(name, hours.get(name));
            }
        }
        hours.forEach(week::putIfAbsent);
        return Collections.unmodifiableMap(week);
    }

    /** These settings with other ones for calls. */
    public TenantSettings with(CallSettings newCalls) {
        return new TenantSettings(
                elevenLabsAgentId,
                elevenLabsTextAgentId,
                aiGreeting,
                aiTone,
                businessHours,
                elevenLabsOverrides,
                autoReply,
                fallbackNumber,
                newCalls,
                texts,
                followUps,
                score,
                widget);
    }

    /** These settings with other ones for texts. */
    public TenantSettings with(TextSettings newTexts) {
        return new TenantSettings(
                elevenLabsAgentId,
                elevenLabsTextAgentId,
                aiGreeting,
                aiTone,
                businessHours,
                elevenLabsOverrides,
                autoReply,
                fallbackNumber,
                calls,
                newTexts,
                followUps,
                score,
                widget);
    }

    /** These settings with other follow-ups. */
    public TenantSettings with(FollowUpSettings newFollowUps) {
        return new TenantSettings(
                elevenLabsAgentId,
                elevenLabsTextAgentId,
                aiGreeting,
                aiTone,
                businessHours,
                elevenLabsOverrides,
                autoReply,
                fallbackNumber,
                calls,
                texts,
                newFollowUps,
                score,
                widget);
    }

    /** These settings with other weights of the score. */
    public TenantSettings with(ScoreSettings newScore) {
        return new TenantSettings(
                elevenLabsAgentId,
                elevenLabsTextAgentId,
                aiGreeting,
                aiTone,
                businessHours,
                elevenLabsOverrides,
                autoReply,
                fallbackNumber,
                calls,
                texts,
                followUps,
                newScore,
                widget);
    }

    /** These settings with another chat. */
    public TenantSettings with(WidgetSettings newWidget) {
        return new TenantSettings(
                elevenLabsAgentId,
                elevenLabsTextAgentId,
                aiGreeting,
                aiTone,
                businessHours,
                elevenLabsOverrides,
                autoReply,
                fallbackNumber,
                calls,
                texts,
                followUps,
                score,
                newWidget);
    }

    /** These settings with other agents. */
    public TenantSettings withAgents(@Nullable String voiceAgentId, @Nullable String textAgentId) {
        return new TenantSettings(
                voiceAgentId,
                textAgentId,
                aiGreeting,
                aiTone,
                businessHours,
                elevenLabsOverrides,
                autoReply,
                fallbackNumber,
                calls,
                texts,
                followUps,
                score,
                widget);
    }

    /** Settings of a tenant that told nothing. */
    public static TenantSettings empty() {
        return new TenantSettings(null, null, null, null, Map.of(), Set.of(), null, null, CallSettings.standard());
    }
}
