package dev.throughline.telephony.handover;

import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.CallSettings.Human;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallRepository;
import dev.throughline.telephony.call.CallRow;
import dev.throughline.telephony.conference.ConferenceConfig;
import dev.throughline.telephony.conference.Rooms;
import dev.throughline.telephony.handover.HandOverSteps.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes requests to hand a call over. */
@Singleton
final class HandOverRequests {

    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_BRIEF = 1_000;

    private final Pool pool;
    private final CallRepository calls;
    private final HandOverRepository repository;
    private final HandOvers handOvers;
    private final Rooms rooms;
    private final TenantDirectory tenants;
    private final HandOverConfig config;
    private final Duration databaseWait;
    private final Clock clock;

    HandOverRequests(
            Pool pool,
            CallRepository calls,
            HandOverRepository repository,
            HandOvers handOvers,
            Rooms rooms,
            TenantDirectory tenants,
            HandOverConfig config,
            ConferenceConfig conferences,
            Clock clock) {
        this.pool = pool;
        this.calls = calls;
        this.repository = repository;
        this.handOvers = handOvers;
        this.rooms = rooms;
        this.tenants = tenants;
        this.config = config;
        this.databaseWait = conferences.databaseWait();
        this.clock = clock;
    }

    /**
     * A request.
     *
     * @param to the name or number of a human of the tenant; null = in the tenant's order
     */
    record Request(
            String callSid,
            UUID tenantId,
            String requestedBy,
            @Nullable String reason,
            @Nullable String brief,
            @Nullable String to) {}

    /** How a request was taken. @param status always {@code ringing} */
    record Answer(UUID handOverId, String status, String human) {}

    /**
     * Begins a hand-over; where one is ringing already for this call, that one is the answer.
     *
     * @throws Problem 404 for a call that is not the tenant's or is over, 409 where a human has it or its leg is not ours, 422 where
     *     there is nobody to ring
     */
    Uni<Answer> begin(Request request) {
        return Bounded.within(databaseWait, pool.withTransaction(tx -> calls.lock(tx, request.callSid())
                        .chain(call -> begin(tx, request, call))))
                .invoke(handOvers::run)
                .map(step -> answer(step.handOver()));
    }

    private Uni<Step> begin(SqlClient tx, Request request, @Nullable CallRow call) {
        CallRow live = live(call, request.tenantId());
        Tenant tenant = tenants.byId(request.tenantId()).orElseThrow(HandOverRequests::noSuchCall);
        checkOurs(live);
        return repository.underWay(tx, request.callSid()).chain(underWay -> {
            if (underWay.isPresent()) {
                return Uni.createFrom().item(again(underWay.get()));
            }
            Instant now = clock.instant();
            return handOvers.begin(
                    tx,
                    new HandOver(
                            UUID.randomUUID(),
                            live.parties(),
                            request.requestedBy(),
                            cut(request.reason(), LONGEST_REASON),
                            cut(request.brief(), LONGEST_BRIEF),
                            humans(tenant, request.to()),
                            new HandOverState.Ringing(0),
                            null,
                            rooms.newName(),
                            now,
                            now));
        });
    }

    /** A tool may be called twice; a second phone does not ring for it. */
    private static Step again(HandOver underWay) {
        if (underWay.state() instanceof HandOverState.Ringing) {
            return new Step(underWay, List.of(), List.of());
        }
        throw Problem.conflict("HAND_OVER_UNDER_WAY", "A human has this call already, or is about to.");
    }

    /** The call, where it is the tenant's and lives. @throws Problem 404 otherwise */
    static CallRow live(@Nullable CallRow call, UUID tenantId) {
        if (call == null || !call.parties().tenantId().equals(tenantId) || !call.live()) {
            throw noSuchCall();
        }
        return call;
    }

    /** @throws Problem 409 where the leg of the call is not ours to move */
    static void checkOurs(CallRow call) {
        switch (call.origin().path()) {
            case BRIDGE, DIRECT, CONFERENCE -> {}
            case NATIVE, REGISTER ->
                throw Problem.conflict(
                        "NOT_OUR_LEG",
                        "ElevenLabs carries this call itself, so it cannot be moved from here: give the agent its transfer_to_number tool, or set the tenant's voicePath to BRIDGE.");
            case null ->
                throw Problem.conflict(
                        "NOT_OUR_LEG", "It is not known which way this call took, so it cannot be moved.");
        }
    }

    private static Problem noSuchCall() {
        return Problem.notFound("There is no such call, or it has ended.");
    }

    private List<Human> humans(Tenant tenant, @Nullable String to) {
        List<Human> known = tenant.settings().calls().humans();
        String fallback = tenant.settings().fallbackNumber();
        List<Human> all = known.isEmpty() && fallback != null ? List.of(new Human("the business", fallback)) : known;
        if (all.isEmpty()) {
            throw Problem.of(
                    422,
                    "NOBODY_TO_RING",
                    "There is nobody to ring: give the tenant settings.calls.humans, or a fallbackNumber.");
        }
        if (to == null || to.isBlank()) {
            return all.stream().limit(config.humans()).toList();
        }
        Optional<String> number = PhoneNumbers.normalise(to, tenant.country());
        return all.stream()
                .filter(human -> human.name().equalsIgnoreCase(to.strip())
                        || number.filter(human.number()::equals).isPresent())
                .findFirst()
                .map(List::of)
                .orElseThrow(
                        () -> Problem.of(
                                422,
                                "UNKNOWN_HUMAN",
                                "The tenant has no human of this name or number: choose one of settings.calls.humans, or add this one."));
    }

    private static Answer answer(HandOver handOver) {
        return new Answer(handOver.id(), "ringing", handOver.human().name());
    }

    private static @Nullable String cut(@Nullable String text, int longest) {
        return text == null || text.isBlank() ? null : HandOverWords.cut(text.strip(), longest);
    }
}
