package com.example.signed;

/**
 * A line {@code name=value} of the protocol. In a value, a line feed is written as {@code \n} and a backslash as {@code
 * \\}.
 */
record Field(String name, String value) {

    static String write(String name, String value) {
        return name + "="
                + value.replace("\\", "\\\\")
                        .replace("\r\n", "\n")
                        .replace("\n", "\\n")
                        .replace("\r", "\\n");
    }

    /** A line without a {@code =} is a field without a name. */
    static Field read(String line) {
        int end = line.indexOf('=');
        return end < 0 ? new Field("", line) : new Field(line.substring(0, end), unescape(line.substring(end + 1)));
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                plain.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
