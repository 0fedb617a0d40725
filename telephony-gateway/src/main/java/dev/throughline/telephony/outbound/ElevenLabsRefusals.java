package dev.throughline.telephony.outbound;

import dev.throughline.platform.elevenlabs.ConvaiAnswer;

/** What ElevenLabs refuses, with the cure. Pure. */
final class ElevenLabsRefusals {

    private ElevenLabsRefusals() {}

    /**
     * The refusal for a request that was certainly not carried out.
     *
     * @param agentNamed whether the operator chose the agent, and so can choose better
     */
    static Refusal of(ConvaiAnswer.Failure<?> failure, boolean agentNamed) {
        String code = failure.code();
        return switch (failure.reason()) {
            case NOT_CONFIGURED -> refusal(503, "NOT_CONFIGURED", failure, "Set ELEVENLABS_API_KEY.");
            case UNAUTHENTICATED ->
                refusal(
                        502,
                        "PROVIDER_CREDENTIALS",
                        failure,
                        "Set ELEVENLABS_API_KEY to a key of this workspace, and ELEVENLABS_API_BASE_URL to its residency.");
            case PAYMENT_REQUIRED ->
                refusal(
                        502,
                        "PROVIDER_CREDITS",
                        failure,
                        "Top the ElevenLabs workspace up, or raise its spending limit.");
            case FORBIDDEN ->
                refusal(
                        502,
                        "PROVIDER_PERMISSION",
                        failure,
                        "Give the API key the agents permission (convai_write) in ElevenLabs: Settings, API Keys.");
            case NOT_FOUND -> notFound(failure, agentNamed);
            case UNPROCESSABLE ->
                refusal(
                        502,
                        "PROVIDER_VALIDATION",
                        failure,
                        "Check that the agent exists and that the number is imported and linked to it in ElevenLabs: Phone Numbers.");
            case RATE_LIMITED -> busy(failure);
            case INVALID_REQUEST ->
                "invalid_provider_config".equals(code)
                        ? refusal(
                                502,
                                "PROVIDER_NUMBER",
                                failure,
                                "Import the number from Twilio in ElevenLabs (Phone Numbers) with this account's credentials, or call with via=bridge.")
                        : refusal(
                                502,
                                "PROVIDER_REFUSED",
                                failure,
                                "Look at what ElevenLabs says, then at the agent's settings.");
            case CONFLICT ->
                refusal(
                        502,
                        "PROVIDER_CONFLICT",
                        failure,
                        "Look at the number and the agent in ElevenLabs, then ask again.");
            case NOT_PLACED ->
                refusal(
                        502,
                        "PROVIDER_DID_NOT_CALL",
                        failure,
                        "Check the Twilio credentials of the number in ElevenLabs (Phone Numbers) and that they may call this destination, or call with via=bridge.");
            case UNREACHABLE ->
                refusal(
                        503,
                        "PROVIDER_UNREACHABLE",
                        failure,
                        "Ask again in a moment; if it lasts, check ELEVENLABS_API_BASE_URL and the network.");
            case TIMEOUT, UNAVAILABLE, CUT_OFF ->
                refusal(503, "PROVIDER_UNAVAILABLE", failure, "Ask again in a moment, or call with via=bridge.");
            case UNREADABLE ->
                refusal(
                        502,
                        "PROVIDER_UNREADABLE",
                        failure,
                        "Check that ELEVENLABS_API_BASE_URL is ElevenLabs and no proxy's page.");
        };
    }

    private static Refusal notFound(ConvaiAnswer.Failure<?> failure, boolean agentNamed) {
        if (failure.code().startsWith("phone_number")) {
            return refusal(
                    502,
                    "PROVIDER_NUMBER",
                    failure,
                    "Import the number in ElevenLabs (Phone Numbers) and link it to the agent, or call with via=bridge.");
        }
        return agentNamed
                ? refusal(
                        422, "AGENT_NOT_FOUND", failure, "Name an agent of the workspace in agentId, or leave it out.")
                : refusal(
                        502,
                        "AGENT_NOT_FOUND",
                        failure,
                        "Set the tenant's elevenLabsAgentId, or ELEVENLABS_AGENT_ID, to an agent of the workspace.");
    }

    private static Refusal busy(ConvaiAnswer.Failure<?> failure) {
        String cure =
                switch (failure.code()) {
                    case "concurrent_limit_exceeded", "too_many_concurrent_requests" ->
                        "Ask again when another conversation has ended, or raise the workspace's concurrency.";
                    case "system_busy" -> "Ask again in a moment.";
                    default -> "Ask again more slowly.";
                };
        return refusal(429, "PROVIDER_BUSY", failure, cure);
    }

    private static Refusal refusal(int status, String code, ConvaiAnswer.Failure<?> failure, String cure) {
        return new Refusal(status, code, detail(failure), cure, failure.retryAfter());
    }

    /** Their words where there are any: only they know which field they did not like. */
    private static String detail(ConvaiAnswer.Failure<?> failure) {
        String said = failure.message().isBlank() ? failure.code() : failure.message();
        String what =
                switch (failure.reason()) {
                    case NOT_CONFIGURED -> "This installation has no ElevenLabs API key";
                    case UNREACHABLE -> "There is no connection to ElevenLabs";
                    case TIMEOUT -> "ElevenLabs did not answer in time";
                    case CUT_OFF -> "The connection to ElevenLabs broke";
                    case UNREADABLE -> "ElevenLabs' answer could not be read";
                    case NOT_PLACED -> "ElevenLabs could not make the call";
                    default -> "ElevenLabs refused the call (HTTP " + failure.httpStatus() + ")";
                };
        return said.isBlank() ? what + "." : what + ": " + said;
    }
}
