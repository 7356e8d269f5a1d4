package dev.patchbay.store;

/** Text on its way into the file, which is UTF-8: half a character, as a stream cut in the wrong place leaves it, is none there. */
final class UnicodeText {

    private UnicodeText() {}

    /** Whether every surrogate has its other half. */
    static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                return false;
            }
        }
        return true;
    }

    /** Without a zero, behind which neither the index nor a comparison looks. */
    static String searchable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', ' ');
    }

    /** JSON in which halves of characters are written as escapes. */
    static String escaped(String json) {
        if (isWhole(json)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            char unit = json.charAt(i);
            boolean pair = Character.isHighSurrogate(unit)
                    && i + 1 < json.length()
                    && Character.isLowSurrogate(json.charAt(i + 1));
            if (pair) {
                escaped.append(unit).append(json.charAt(++i));
            } else if (Character.isSurrogate(unit)) {
                escaped.append("\\u").append(Integer.toHexString(unit));
            } else {
                escaped.append(unit);
            }
        }
        return escaped.toString();
    }
}
