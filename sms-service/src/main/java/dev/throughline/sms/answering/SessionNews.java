package dev.throughline.sms.answering;

import dev.throughline.events.CallEvent;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.OperatorEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.LeadContext;
import dev.throughline.platform.context.LeadNews;
import dev.throughline.platform.context.LeadWords;
import java.util.function.Consumer;

/**
 * What happens to the lead while its agent thinks about an answer, in words for the agent. Not what it knows: the texts it was asked, and
 * the answers to earlier ones. A text that comes meanwhile is told, and answered in a turn of its own.
 */
record SessionNews(TextAgent.Question question, Consumer<String> words) implements LeadNews.Subscriber {

    @Override
    public void onEvent(ChannelEvent event) {
        if (isNews(event)) {
            LeadWords.of(event, question.tenant().zone()).ifPresent(words);
        }
    }

    @Override
    public void onContext(LeadContext context) {
        // The session was opened with a context; what changes it since comes as events.
    }

    private boolean isNews(ChannelEvent event) {
        return switch (event) {
            case SmsEvent.Received text -> !question.messageSids().contains(text.messageSid());
            case SmsEvent.Sent text -> text.author() != Speaker.AGENT;
            // For the agent that has the caller on the line.
            case CallEvent.HandOver handOver -> false;
            // One that names a call is for the agent on that call.
            case OperatorEvent.Whisper whisper -> whisper.callId() == null;
            default -> true;
        };
    }
}
