package dev.throughline.tools.invocation;

import dev.throughline.tools.appointment.Book;
import dev.throughline.tools.appointment.Customer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads who is calling. Pure. */
final class CallingCustomer {

    private static final int MAX_NAME = 200;

    private CallingCustomer() {}

    /** With the name, without which nothing is booked. */
    static Customer named(ToolCall call) {
        String name = call.arguments()
                .text(MAX_NAME, Parameter.CUSTOMER_NAME)
                .orElseThrow(() -> new AskBack(
                        "VALIDATION_ERROR",
                        "May I have your name, please?",
                        Map.of("fields", List.of(Parameter.CUSTOMER_NAME.declared()))));
        return customer(call, name);
    }

    /** With the name if it was said. */
    static Customer perhapsNamed(ToolCall call) {
        return customer(
                call, call.arguments().text(MAX_NAME, Parameter.CUSTOMER_NAME).orElse(""));
    }

    /** Whose holds are the caller's. */
    static Book.Holder holder(ToolCall call) {
        return new Book.Holder(
                call.within().orElse(null),
                call.arguments().text(Parameter.HOLD).flatMap(ToolCall::uuid).orElse(null));
    }

    private static Customer customer(ToolCall call, String name) {
        Optional<String> email =
                call.arguments().text(MAX_NAME, Parameter.CUSTOMER_EMAIL).filter(Customer::isEmail);
        return new Customer(call.leadId().orElse(null), name, call.phone().orElse(null), email.orElse(null));
    }
}
