package dev.throughline.telephony.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiFailure;
import dev.throughline.platform.elevenlabs.PlacedCall;
import dev.throughline.platform.twilio.SendOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTest {

    @ParameterizedTest
    @CsvSource({
        "NOT_CONFIGURED,       0,   '',                          503, NOT_CONFIGURED,        ELEVENLABS_API_KEY",
        "INVALID_REQUEST,      400, invalid_provider_config,     502, PROVIDER_NUMBER,       Phone Numbers",
        "INVALID_REQUEST,      400, invalid_parameters,          502, PROVIDER_REFUSED,      agent's settings",
        "UNAUTHENTICATED,      401, invalid_api_key,             502, PROVIDER_CREDENTIALS,  ELEVENLABS_API_KEY",
        "PAYMENT_REQUIRED,     402, insufficient_credits,        502, PROVIDER_CREDITS,      spending limit",
        "FORBIDDEN,            403, insufficient_permissions,    502, PROVIDER_PERMISSION,   convai_write",
        "NOT_FOUND,            404, agent_not_found,             502, AGENT_NOT_FOUND,       elevenLabsAgentId",
        "NOT_FOUND,            404, phone_number_not_found,      502, PROVIDER_NUMBER,       Phone Numbers",
        "CONFLICT,             409, conflict,                    502, PROVIDER_CONFLICT,     ask again",
        "UNPROCESSABLE,        422, validation_error,            502, PROVIDER_VALIDATION,   linked",
        "RATE_LIMITED,         429, concurrent_limit_exceeded,   429, PROVIDER_BUSY,         concurrency",
        "RATE_LIMITED,         429, too_many_concurrent_requests,429, PROVIDER_BUSY,         concurrency",
        "RATE_LIMITED,         429, rate_limit_exceeded,         429, PROVIDER_BUSY,         slowly",
        "RATE_LIMITED,         429, system_busy,                 429, PROVIDER_BUSY,         moment",
        "UNREACHABLE,          0,   '',                          503, PROVIDER_UNREACHABLE,  network",
        "UNAVAILABLE,          503, '',                          503, PROVIDER_UNAVAILABLE,  via=bridge",
        "NOT_PLACED,           200, '',                          502, PROVIDER_DID_NOT_CALL, credentials",
    })
    void shouldNameTheCureOfWhatElevenLabsRefuses(
            ConvaiFailure reason, int http, String word, int status, String code, String cure) {
        Refusal refusal = ElevenLabsRefusals.of(
                new ConvaiAnswer.Failure<>(reason, http, word, "their words", null, Duration.ofSeconds(7)), false);

        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.cure()).contains(cure);
        assertThat(refusal.detail()).contains("their words");
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @EnumSource(ConvaiFailure.class)
    void shouldHaveAWordForEveryFailure(ConvaiFailure reason) {
        Refusal refusal = ElevenLabsRefusals.of(new ConvaiAnswer.Failure<>(reason, 500, "", "", null), true);

        assertThat(refusal.detail()).endsWith(".");
        assertThat(refusal.cure()).isNotBlank();
    }

    @Test
    void shouldBlameTheOperatorsChoiceOfAgent() {
        var failure = new ConvaiAnswer.Failure<>(ConvaiFailure.NOT_FOUND, 404, "agent_not_found", "no", null);

        assertThat(ElevenLabsRefusals.of(failure, true).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @EnumSource(ConvaiFailure.class)
    void shouldNeverTakeForARefusalWhatMayBeACall(ConvaiFailure reason) {
        Attempt attempt = NativeLine.attempt(new ConvaiAnswer.Failure<PlacedCall>(reason, 0, "", "", null), false);

        assertThat(attempt).isInstanceOf(reason.mayHaveHappened() ? Attempt.Unclear.class : Attempt.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 21211, 422, INVALID_NUMBER,            country code",
        "400, 21217, 422, INVALID_NUMBER,            country code",
        "400, 21214, 422, UNREACHABLE_NUMBER,        reach",
        "400, 21216, 422, NUMBER_NOT_ALLOWED,        console",
        "400, 21215, 502, DESTINATION_NOT_PERMITTED, Geographic permissions",
        "400, 21219, 502, TRIAL_ACCOUNT,             Verified Caller IDs",
        "400, 21210, 502, CALLER_ID_NOT_OURS,        twilioPhoneNumber",
        "400, 21212, 502, CALLER_ID_NOT_OURS,        twilioPhoneNumber",
        "400, 21205, 502, CALLBACK_NOT_REACHABLE,    APP_BASE_URL",
        "429, 10004, 429, PROVIDER_BUSY,             concurrent calls",
        "429, 20429, 429, PROVIDER_BUSY,             slowly",
        "401, 20003, 502, PROVIDER_CREDENTIALS,      TWILIO_AUTH_TOKEN",
        "403, 0,     502, PROVIDER_CREDENTIALS,      TWILIO_AUTH_TOKEN",
        "403, 20005, 502, PROVIDER_ACCOUNT,          Billing",
        "404, 20404, 502, PROVIDER_ACCOUNT,          TWILIO_ACCOUNT_SID",
        "400, 99999, 502, PROVIDER_REFUSED,          99999",
    })
    void shouldNameTheCureOfWhatTwilioRefuses(int http, int twilio, int status, String code, String cure) {
        Refusal refusal = TwilioRefusals.of(new SendOutcome.Refused<>(http, twilio, "their words", http == 429));

        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.cure()).contains(cure);
        assertThat(refusal.detail()).contains("their words");
        assertThat(refusal.retryAfter() != null).isEqualTo(status == 429);
    }

    @Test
    void shouldTellNoConnectionFromNoAccount() {
        assertThat(TwilioRefusals.of(new SendOutcome.Refused<>(0, 0, "no connection to Twilio", true))
                        .code())
                .isEqualTo("PROVIDER_UNREACHABLE");
        assertThat(TwilioRefusals.of(new SendOutcome.Refused<>(0, 0, "Twilio is not configured", false))
                        .code())
                .isEqualTo("NOT_CONFIGURED");
    }

    @Test
    void shouldComeBackFromTheDatabaseAsItWas() {
        Refusal waiting = new Refusal(429, "A", "b.", "c.", Duration.ofSeconds(7));
        Refusal plain = new Refusal(502, "A", "b.", "c.");

        assertThat(Refusal.of(waiting.json())).isEqualTo(waiting);
        assertThat(Refusal.of(plain.json())).isEqualTo(plain);
        assertThat(waiting.passing()).isTrue();
        assertThat(plain.passing()).isFalse();
    }
}
