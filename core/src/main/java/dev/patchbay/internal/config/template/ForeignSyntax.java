package dev.patchbay.internal.config.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises references as other tools write them and gives the right form (provider-files.md, section 3, rule 7). */
final class ForeignSyntax {

    /** {@code {{NAME}}}, {@code {{ env.NAME }}}, {@code #{NAME}}, {@code <%= ENV['NAME'] %>}: what templates put in. */
    private static final Pattern ENCLOSED = Pattern.compile(
            "(\\{\\{-?|#\\{|<%=?)\\s*\\.?(?:(?:[Ee]nv|ENV|vars?|secrets?|process\\.env|os\\.environ)[.:(\\[\\s]+[\"']?)?"
                    + "([A-Z_][A-Z0-9_]*)[\"')\\]\\s]*(-?\\}\\}|\\}|%>)");

    /** {@code os.getenv("NAME")}, {@code ENV['NAME']}, {@code env:NAME}, {@code secrets.NAME}: the whole value is the call. */
    private static final Pattern CALL = Pattern.compile(
            "(?:os\\.getenv\\(|os\\.environ(?:\\.get\\(|\\[)|System\\.getenv\\(|getenv\\(|Deno\\.env\\.get\\(|process\\.env\\["
                    + "|import\\.meta\\.env\\.|ENV\\[|ENV\\.fetch\\(|env\\(|env:|secrets\\.|vars\\.|@)\\s*[\"']?([A-Z_][A-Z0-9_]*)[\"']?\\s*[)\\]]?");

    /** What such a call begins with. */
    private static final String CALLS = "oSgDpiEesv@";

    private ForeignSyntax() {}

    static void refuse(String text) throws TemplateException {
        if (text.isEmpty()) {
            return;
        }
        int dollar = text.indexOf('$');
        if (dollar >= 0) {
            refuseDollar(text, dollar);
        }
        if (text.indexOf("{{") >= 0 || text.indexOf("#{") >= 0 || text.indexOf("<%") >= 0) {
            refuseEnclosed(text);
        }
        if (CALLS.indexOf(text.charAt(0)) >= 0) {
            refuseCall(text);
        }
        int brace = text.indexOf("{env:");
        if (brace >= 0 && (brace == 0 || text.charAt(brace - 1) != '$')) {
            throw foreign(brace, "{env:…}", VariableSyntax.at(text, brace + 5));
        }
        switch (text.charAt(0)) {
            case 'o' -> refuseO(text);
            case 'e' -> refuseWhole(text, "env.");
            case 'p' -> refuseWhole(text, "process.env.");
            case '%' -> refusePercent(text);
            default -> {}
        }
    }

    private static void refuseCall(String text) throws TemplateException {
        Matcher call = CALL.matcher(text);
        if (call.matches()) {
            throw foreign(0, text.substring(0, call.start(1)).replaceAll("[\"'\\s]", "") + "…", call.group(1));
        }
    }

    private static void refuseEnclosed(String text) throws TemplateException {
        Matcher enclosed = ENCLOSED.matcher(text);
        if (enclosed.find()) {
            throw foreign(enclosed.start(), enclosed.group(1) + "…" + enclosed.group(3), enclosed.group(2));
        }
    }

    private static void refuseDollar(String text, int first) throws TemplateException {
        for (int at = first; at >= 0 && at < text.length(); at = text.indexOf('$', at)) {
            if (text.startsWith("$$", at)) {
                at += 2;
                continue;
            }
            refuseReference(text, at);
            at++;
        }
    }

    private static void refuseReference(String text, int at) throws TemplateException {
        if (text.startsWith("${{", at)) {
            throw foreign(at, "${{ … }}", lastName(text, at + 3));
        }
        if (text.startsWith("$(", at)) {
            throw new TemplateException(
                    at,
                    true,
                    "$(…) would run a command, and no value is given to a shell",
                    "run it before, put what it prints into a variable, and write $NAME");
        }
        boolean braced = text.startsWith("${", at);
        int name = braced ? at + 2 : at + 1;
        if (isScope(text, name, braced)) {
            throw foreign(at, text.substring(at, name + 4) + "…", VariableSyntax.at(text, name + 4));
        }
    }

    /** {@code env:NAME}, in any case of letters, but not the default or message of a variable that is called env. */
    private static boolean isScope(String text, int at, boolean braced) {
        return text.regionMatches(true, at, "env", 0, 3)
                && text.length() > at + 4
                && (text.charAt(at + 3) == ':' || (braced && text.charAt(at + 3) == '.'))
                && VariableSyntax.isStart(text.charAt(at + 4));
    }

    private static void refuseO(String text) throws TemplateException {
        if (text.startsWith("op://")) {
            throw new TemplateException(
                    0,
                    true,
                    "op://… is the address of another tool's vault",
                    "read it before, put it into a variable, and write $NAME");
        }
        refuseWhole(text, "os.environ/");
    }

    private static void refuseWhole(String text, String prefix) throws TemplateException {
        if (!text.startsWith(prefix)) {
            return;
        }
        String name = text.substring(prefix.length());
        // A header may well say env.prod: only what is spelled like a variable counts.
        if (!name.isEmpty()
                && VariableSyntax.at(name, 0).equals(name)
                && name.equals(name.toUpperCase(java.util.Locale.ROOT))) {
            throw foreign(0, prefix + "…", name);
        }
    }

    private static void refusePercent(String text) throws TemplateException {
        String name = VariableSyntax.at(text, 1);
        if (!name.isEmpty() && text.length() == name.length() + 2 && text.endsWith("%")) {
            throw foreign(0, "%…%", name);
        }
    }

    private static String lastName(String text, int from) {
        String name = "";
        int at = from;
        while (at < text.length() && text.charAt(at) != '}') {
            String found = VariableSyntax.at(text, at);
            name = found.isEmpty() ? name : found;
            at += Math.max(1, found.length());
        }
        return name;
    }

    private static TemplateException foreign(int offset, String form, String name) {
        String right = name.isEmpty() ? "$NAME" : "$" + name;
        return new TemplateException(
                offset, true, form + " is how another tool refers to a variable", "write " + right);
    }
}
