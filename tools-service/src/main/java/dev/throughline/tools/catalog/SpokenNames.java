package dev.throughline.tools.catalog;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds a service or a person by what a caller or a model says: an id, the name, the name in the other English spelling, inflected
 * ("coloring" for "Colour"), with articles and small talk around it, or a part that fits one only. The first rule that fits anything
 * decides, so an exact name is never unclear.
 */
public final class SpokenNames {

    private static final Set<String> FILLERS = Set.of(
            "a",
            "an",
            "the",
            "my",
            "some",
            "please",
            "appointment",
            "service",
            "session",
            "for",
            "with",
            "of",
            "and",
            "to",
            "get",
            "want",
            "i",
            "id",
            "like",
            "would",
            "have");
    private static final int SHORTEST_PART = 3;

    private SpokenNames() {}

    /** The service that was said. */
    public static Said<Service> service(String said, List<Service> services) {
        return find(said, services, Service::id, Service::name);
    }

    /** The staff member that was said. */
    public static Said<StaffMember> staff(String said, List<StaffMember> staff) {
        return find(said, staff, StaffMember::id, StaffMember::name);
    }

    /** The add-on that was said. */
    public static Said<AddOn> addOn(String said, List<AddOn> addOns) {
        return find(said, addOns, AddOn::id, AddOn::name);
    }

    /** Whether the words are exactly a service's name, give or take articles, endings and spelling. */
    public static boolean isName(String said, List<Service> services) {
        List<String> words = words(said);
        return services.stream().anyMatch(service -> words(service.name()).equals(words));
    }

    private static <T> Said<T> find(String said, List<T> things, Function<T, UUID> id, Function<T, String> name) {
        String asked = said.strip();
        for (T thing : things) {
            if (id.apply(thing).toString().equalsIgnoreCase(asked)) {
                return new Said.Found<>(thing);
            }
        }
        List<String> words = words(asked);
        if (words.isEmpty()) {
            return new Said.Unknown<>();
        }
        List<BiPredicate<List<String>, List<String>>> rules = List.of(
                List::equals,
                (wanted, known) -> String.join("", wanted).equals(String.join("", known)),
                (wanted, known) -> known.containsAll(wanted),
                (wanted, known) -> wanted.containsAll(known),
                SpokenNames::isPart);
        for (BiPredicate<List<String>, List<String>> rule : rules) {
            List<T> fitting = things.stream()
                    .filter(thing -> rule.test(words, words(name.apply(thing))))
                    .toList();
            if (!fitting.isEmpty()) {
                return fitting.size() == 1 ? new Said.Found<>(fitting.getFirst()) : new Said.Unclear<>(fitting);
            }
        }
        return new Said.Unknown<>();
    }

    private static boolean isPart(List<String> wanted, List<String> known) {
        String asked = String.join("", wanted);
        String name = String.join("", known);
        return asked.length() >= SHORTEST_PART && !name.isEmpty() && (name.contains(asked) || asked.contains(name));
    }

    /** Lower case, without accents, articles and endings, in American spelling. */
    static List<String> words(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ENGLISH)
                .replace("'", "");
        return Arrays.stream(plain.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty() && !FILLERS.contains(word))
                .map(SpokenNames::stem)
                .collect(Collectors.toList());
    }

    private static String stem(String word) {
        String stem = word.replace("our", "or")
                .replace("grey", "gray")
                .replace("lys", "lyz")
                .replace("isation", "ization");
        if (stem.length() > 5) {
            stem = stem.replaceFirst("(ings?|ed)$", "");
        }
        stem = stem.length() > 3 ? stem.replaceFirst("s$", "") : stem;
        // "styling" and "style", "trimming" and "trim"
        return stem.replaceFirst("e$", "").replaceFirst("([^aeiou])\\1$", "$1");
    }
}
