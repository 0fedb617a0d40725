package dev.throughline.events.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema (draft 7) of a record as it stands on Kafka. What is {@code @Nullable} is left out when it is null, everything else is
 * always there. Fields nobody knows yet may come, so nothing forbids them.
 */
final class RecordSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RecordSchema() {}

    /** A schema file's content. */
    static ObjectNode file(String title, Class<?> type) {
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", title);
        schema.setAll(of(type, Map.of()));
        return schema;
    }

    private static ObjectNode of(Type type, Map<TypeVariable<?>, Type> known) {
        if (type instanceof TypeVariable<?> variable && known.containsKey(variable)) {
            return of(known.get(variable), known);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            return ofGeneric(raw, generic.getActualTypeArguments(), known);
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalArgumentException("no schema for " + type);
        }
        if (plain.isRecord()) {
            return ofRecord(plain, known);
        }
        return plain.isEnum() ? ofEnum(plain) : ofValue(plain);
    }

    private static ObjectNode ofGeneric(Class<?> raw, Type[] arguments, Map<TypeVariable<?>, Type> known) {
        if (Collection.class.isAssignableFrom(raw)) {
            ObjectNode array = typed("array");
            array.set("items", of(arguments[0], known));
            return array;
        }
        if (Map.class.isAssignableFrom(raw)) {
            ObjectNode object = typed("object");
            object.set("additionalProperties", of(arguments[1], known));
            return object;
        }
        Map<TypeVariable<?>, Type> bound = new HashMap<>(known);
        for (int i = 0; i < arguments.length; i++) {
            bound.put(raw.getTypeParameters()[i], arguments[i]);
        }
        return ofRecord(raw, bound);
    }

    private static ObjectNode ofRecord(Class<?> type, Map<TypeVariable<?>, Type> known) {
        ObjectNode object = typed("object");
        SourceDoc doc = SourceDoc.of(type);
        doc.summary().ifPresent(text -> object.put("description", text));
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode property = of(component.getGenericType(), known);
            doc.of(component.getName()).ifPresent(text -> property.put("description", text));
            properties.set(component.getName(), property);
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class) && !isAbsentWhenEmpty(component)) {
                required.add(component.getName());
            }
        }
        return object;
    }

    /** What came later than the record is marked so too, because records that are there lack it. */
    private static boolean isAbsentWhenEmpty(RecordComponent component) {
        JsonInclude include = component.getAccessor().getAnnotation(JsonInclude.class);
        return include != null && include.value() == JsonInclude.Include.NON_EMPTY;
    }

    private static ObjectNode ofEnum(Class<?> type) {
        ObjectNode text = typed("string");
        ArrayNode values = text.putArray("enum");
        for (Object constant : type.getEnumConstants()) {
            values.add(((Enum<?>) constant).name());
        }
        return text;
    }

    private static ObjectNode ofValue(Class<?> type) {
        // A local date-time has no offset, which the format date-time demands.
        if (type == String.class || type == LocalDateTime.class) {
            return typed("string");
        }
        if (type == UUID.class) {
            return typed("string").put("format", "uuid");
        }
        if (type == Instant.class) {
            return typed("string").put("format", "date-time");
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return typed("integer");
        }
        if (type == double.class || type == Double.class || type == BigDecimal.class) {
            return typed("number");
        }
        if (type == boolean.class || type == Boolean.class) {
            return typed("boolean");
        }
        if (type == JsonNode.class) {
            return JSON.objectNode();
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private static ObjectNode typed(String type) {
        return JSON.objectNode().put("type", type);
    }
}
