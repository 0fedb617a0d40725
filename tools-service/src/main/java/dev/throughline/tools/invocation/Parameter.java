package dev.throughline.tools.invocation;

import java.util.List;

/**
 * What a model may say to a tool. One definition for both sides: {@link ToolArguments} reads a parameter by its {@link #spellings()}, and
 * the schema an agent is given declares it under its {@link #declared()} name.
 */
public enum Parameter {
    SERVICE(
            "service",
            "The service's name, as the customer calls it; several for one visit joined by 'and'",
            "serviceId",
            "service",
            "serviceName",
            "serviceIds",
            "services"),
    ADD_ONS(
            "addOns",
            "Names of the service's add-ons the customer wants, joined by commas",
            "addOns",
            "addOnIds",
            "extras"),
    EMPLOYEE(
            "employeeId",
            "employeeId of the chosen slot unchanged, or the person's name; leave it out when anybody will do",
            "employeeId",
            "employee",
            "employeeName",
            "staffId",
            "staff",
            "staffName",
            "stylist"),
    DATE(
            "date",
            "The day as the customer says it or as YYYY-MM-DD, in the business's time zone",
            "date",
            "day",
            "appointmentDate",
            "newDate",
            "preferredDate"),
    START(
            "startTime",
            "startTime of the chosen slot, unchanged",
            "newStartTime",
            "startTime",
            "start",
            "dateTime",
            "appointmentTime",
            "newTime",
            "time",
            "preferredTime"),
    HOLD("holdId", "holdId of hold_slot, unchanged, when a time is being held", "holdId", "hold"),
    TEXT(
            "message",
            "The words of the text message, complete as the customer shall read them",
            "message",
            "text",
            "body"),
    CUSTOMER_NAME("customerName", "The customer's full name", "customerName", "name", "fullName"),
    CUSTOMER_EMAIL("customerEmail", "The customer's e-mail address, if given", "customerEmail", "email"),
    NOTES("notes", "Anything the customer wants the business to know", "notes", "note", "comment"),
    APPOINTMENT(
            "appointmentId",
            "id of the appointment from find_appointment; leave it out when the customer has only one",
            "appointmentId",
            "appointment",
            "id"),
    REASON("reason", "The reason in a few words", "reason"),
    BRIEF("brief", "What the colleague should know before taking the call, in one sentence", "brief", "summary"),
    LIMIT("limit", "How many to return", "limit");

    private final String declared;
    private final String description;
    private final List<String> spellings;

    Parameter(String declared, String description, String... spellings) {
        this.declared = declared;
        this.description = description;
        this.spellings = List.of(spellings);
    }

    /** The name an agent is given. */
    public String declared() {
        return declared;
    }

    /** What an agent is told of it, unless the tool says it better. */
    public String description() {
        return description;
    }

    /** Every name it is read under, in camel case, the preferred first. */
    public List<String> spellings() {
        return spellings;
    }
}
