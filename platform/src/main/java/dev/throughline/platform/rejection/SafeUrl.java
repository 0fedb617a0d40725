package dev.throughline.platform.rejection;

import java.util.regex.Pattern;

/** An address without what must not be shown: values of the query, and segments of the path that are long enough to be tokens. */
public final class SafeUrl {

    private static final Pattern VALUE = Pattern.compile("=[^&]*");
    /** Names and ids of ours have at most 36 characters, a token has more. */
    private static final Pattern TOKEN = Pattern.compile("/[^/?]{40,}");

    private static final int LONGEST = 300;

    private SafeUrl() {}

    /** The address for people to read, at most 300 characters. */
    public static String of(String url) {
        int query = url.indexOf('?');
        String path = TOKEN.matcher(query < 0 ? url : url.substring(0, query)).replaceAll("/…");
        String safe =
                query < 0 ? path : path + VALUE.matcher(url.substring(query)).replaceAll("=…");
        return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "…";
    }
}
