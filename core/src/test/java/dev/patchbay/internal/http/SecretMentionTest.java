package dev.patchbay.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SecretMentionTest {

    private static final String KEY_SIGNS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+/=";
    private static final String ANSWER = "{\"id\":\"chatcmpl-7QZjx\",\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}";

    @Test
    void findsASecretWhereverItStandsAndInWhateverCase() {
        Random random = new Random(20261130);
        for (int i = 0; i < 2_000; i++) {
            String secret = word(random, 8 + random.nextInt(40));
            String written = random.nextBoolean()
                    ? secret
                    : random.nextBoolean() ? secret.toUpperCase(Locale.ROOT) : secret.toLowerCase(Locale.ROOT);
            SecretMention mention = new SecretMention(List.of(word(random, 12), secret));

            assertThat(isIn(mention, ANSWER.formatted(word(random, i % 30) + written + word(random, i % 7))))
                    .as(secret)
                    .isTrue();
            assertThat(isIn(mention, written)).as(secret).isTrue();
            assertThat(isIn(mention, ANSWER.formatted(secret.substring(1))))
                    .as(secret)
                    .isFalse();
        }
    }

    @Test
    void takesEscapesThatCouldWriteItForASecret() {
        SecretMention ascii = new SecretMention(List.of("sk-secret/1"));

        assertThat(isIn(ascii, ANSWER.formatted("s\\u006b-secret"))).isTrue();
        assertThat(isIn(ascii, ANSWER.formatted("sk-secret\\/1"))).isTrue();
        assertThat(isIn(ascii, ANSWER.formatted("\\u4f60\\u597d\\n"))).isFalse();

        SecretMention other = new SecretMention(List.of(new String("密码密码".getBytes(UTF_8), ISO_8859_1)));
        assertThat(isIn(other, ANSWER.formatted("\\u5bc6"))).isTrue();
        assertThat(isIn(other, ANSWER.formatted("密码密码"))).isTrue();
        assertThat(isIn(other, ANSWER.formatted("密"))).isFalse();
    }

    @Test
    void findsEachOfManyAtOnceHoweverLongTheOthersAre() {
        Random random = new Random(20261201);
        for (int i = 0; i < 500; i++) {
            List<String> secrets =
                    List.of(word(random, 60), '"' + word(random, 4) + '"', word(random, 9), word(random, 25));
            SecretMention mention = new SecretMention(secrets);

            String around = word(random, i % 11);
            assertThat(secrets)
                    .allSatisfy(secret -> assertThat(isIn(mention, around + secret + around))
                            .as(secret)
                            .isTrue());
            assertThat(isIn(mention, "-".repeat(8) + secrets.get(0).substring(0, 59)))
                    .isFalse();
        }
    }

    @Test
    void findsNothingWithoutASecret() {
        assertThat(isIn(new SecretMention(List.of()), ANSWER.formatted("Hello")))
                .isFalse();
    }

    private static boolean isIn(SecretMention mention, String json) {
        return mention.isIn(json.getBytes(UTF_8));
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append(KEY_SIGNS.charAt(random.nextInt(KEY_SIGNS.length())));
        }
        return word.toString();
    }
}
