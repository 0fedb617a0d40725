package dev.throughline.telephony.outbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.throughline.platform.elevenlabs.AgentNumber;
import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/** The numbers of agents in ElevenLabs, remembered for a while: they change when somebody changes them in its dashboard. */
@Singleton
final class AgentNumbers {

    private static final int REMEMBERED_AGENTS = 1_000;

    private final ConvaiClient convai;
    private final Cache<String, List<AgentNumber>> known;

    AgentNumbers(ConvaiClient convai, OutboundConfig config) {
        this.convai = convai;
        this.known = Caffeine.newBuilder()
                .maximumSize(REMEMBERED_AGENTS)
                .expireAfterWrite(config.rememberNumbers())
                .build();
    }

    /** The agent's numbers. An agent without any is asked about again at the next call. */
    Uni<ConvaiAnswer<List<AgentNumber>>> of(String agentId) {
        List<AgentNumber> numbers = known.getIfPresent(agentId);
        if (numbers != null) {
            return Uni.createFrom().item(new ConvaiAnswer.Success<>(numbers));
        }
        return convai.phoneNumbers(agentId)
                .invoke(answer ->
                        answer.found().filter(found -> !found.isEmpty()).ifPresent(found -> known.put(agentId, found)));
    }

    /** ElevenLabs said that a number is not there any more. */
    void forget(String agentId) {
        known.invalidate(agentId);
    }
}
