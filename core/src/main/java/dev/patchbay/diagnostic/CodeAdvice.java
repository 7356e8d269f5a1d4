package dev.patchbay.diagnostic;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What there is to say of each code beyond its sentence; read when somebody asks. */
final class CodeAdvice {

    private static final Properties TEXTS = read();

    private CodeAdvice() {}

    static String why(Code code) {
        return text(code.id() + ".why");
    }

    static String remedy(Code code) {
        return text(code.id() + ".do");
    }

    private static String text(String key) {
        String text = TEXTS.getProperty(key);
        if (text == null) {
            throw new IllegalStateException("advice.properties has no " + key);
        }
        return text;
    }

    private static Properties read() {
        Properties texts = new Properties();
        try (InputStream in = CodeAdvice.class.getResourceAsStream("advice.properties")) {
            if (in == null) {
                throw new IllegalStateException("advice.properties is not in the jar");
            }
            try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                texts.load(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
