package dev.throughline.platform.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.platform.elevenlabs.ConvaiTransport.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** What ElevenLabs' REST API answers, read leniently: unknown members are ignored, missing ones named by the type. Pure. */
final class ConvaiReplies {

    private ConvaiReplies() {}

    /**
     * One page of conversations.
     *
     * @param nextCursor null on the last
     */
    record Page(
            List<ConversationSummary> conversations,
            @Nullable String nextCursor) {}

    static ConvaiAnswer<String> signedUrl(ConvaiAnswer<JsonNode> answer) {
        return read(answer, body -> text(body, "signed_url"));
    }

    /** {@code success:false} in a 200 is the failure it says it is; without the member nobody can tell. */
    static ConvaiAnswer<PlacedCall> placedCall(ConvaiAnswer<JsonNode> answer) {
        if (answer instanceof ConvaiAnswer.Success<JsonNode>(JsonNode body)
                && body.path("success").isBoolean()
                && !body.path("success").booleanValue()) {
            return new ConvaiAnswer.Failure<>(
                    ConvaiFailure.NOT_PLACED,
                    200,
                    "",
                    ErrorBody.bounded(body.path("message").asText("")),
                    null);
        }
        return read(answer, body -> {
            if (!body.path("success").isBoolean()) {
                return null;
            }
            String callSid = text(body, "callSid");
            return new PlacedCall(text(body, "conversation_id"), callSid == null ? text(body, "call_sid") : callSid);
        });
    }

    static ConvaiAnswer<String> twiml(ConvaiAnswer<Reply> answer) {
        return switch (answer) {
            case ConvaiAnswer.Success<Reply>(Reply reply) ->
                isTwiml(reply.body())
                        ? new ConvaiAnswer.Success<>(new String(reply.body(), StandardCharsets.UTF_8))
                        : reply.unreadable();
            case ConvaiAnswer.Failure<Reply> failure -> failure.as();
        };
    }

    static ConvaiAnswer<List<AgentNumber>> phoneNumbers(ConvaiAnswer<JsonNode> answer) {
        return read(answer, body -> {
            if (!body.isArray()) {
                return null;
            }
            List<AgentNumber> numbers = new ArrayList<>();
            body.forEach(item -> {
                String id = text(item, "phone_number_id");
                String number = text(item, "phone_number");
                if (id != null && number != null) {
                    numbers.add(new AgentNumber(
                            id,
                            number,
                            item.path("provider").asText(""),
                            text(item.path("assigned_agent"), "agent_id"),
                            item.path("supports_outbound").asBoolean(true)));
                }
            });
            return List.copyOf(numbers);
        });
    }

    static ConvaiAnswer<Page> conversations(ConvaiAnswer<JsonNode> answer) {
        return read(answer, body -> {
            if (!body.path("conversations").isArray()) {
                return null;
            }
            List<ConversationSummary> conversations = new ArrayList<>();
            body.path("conversations").forEach(item -> {
                String id = text(item, "conversation_id");
                if (id != null) {
                    conversations.add(new ConversationSummary(
                            id,
                            Instant.ofEpochSecond(
                                    item.path("start_time_unix_secs").asLong()),
                            item.path("status").asText(""),
                            item.path("direction").asText("")));
                }
            });
            String cursor = text(body, "next_cursor");
            return new Page(conversations, body.path("has_more").asBoolean() ? cursor : null);
        });
    }

    static ConvaiAnswer<ConversationDetail> conversation(ConvaiAnswer<JsonNode> answer) {
        return read(answer, body -> {
            String id = text(body, "conversation_id");
            if (id == null) {
                return null;
            }
            Map<String, String> variables = new HashMap<>();
            body.path("conversation_initiation_client_data")
                    .path("dynamic_variables")
                    .properties()
                    .forEach(variable ->
                            variables.put(variable.getKey(), variable.getValue().asText()));
            return new ConversationDetail(
                    id,
                    body.path("agent_id").asText(""),
                    body.path("status").asText(""),
                    variables,
                    text(body.path("metadata").path("phone_call"), "call_sid"));
        });
    }

    /** @param reader gives null for a body that is not what was asked for */
    private static <T> ConvaiAnswer<T> read(ConvaiAnswer<JsonNode> answer, Function<JsonNode, @Nullable T> reader) {
        return switch (answer) {
            case ConvaiAnswer.Success<JsonNode>(JsonNode body) -> {
                T value = reader.apply(body);
                yield value == null ? unreadable() : new ConvaiAnswer.Success<>(value);
            }
            case ConvaiAnswer.Failure<JsonNode> failure -> failure.as();
        };
    }

    private static <T> ConvaiAnswer<T> unreadable() {
        return new ConvaiAnswer.Failure<>(ConvaiFailure.UNREADABLE, 200, "", "", null);
    }

    private static @Nullable String text(JsonNode node, String member) {
        String text = node.path(member).asText("");
        return text.isBlank() ? null : text;
    }

    /** A page of an error or a proxy must not reach Twilio as TwiML (vellum-ai/vellum-assistant#6196). */
    private static boolean isTwiml(byte[] xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // The default one prints to the error stream.
            builder.setErrorHandler(new DefaultHandler());
            return "Response"
                    .equals(builder.parse(new ByteArrayInputStream(xml))
                            .getDocumentElement()
                            .getNodeName());
        } catch (SAXException | IOException notXml) {
            return false;
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("every Java platform has an XML parser", impossible);
        }
    }
}
