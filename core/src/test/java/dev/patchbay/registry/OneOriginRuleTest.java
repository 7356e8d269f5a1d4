package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.route.OriginRule;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A file that extends a definition and a launch that brings a base URL lay the same things over it: whatever stays behind where
 * the origin changes stays behind in both, a field that is new in the table too.
 */
final class OneOriginRuleTest {

    private static final String ELSEWHERE = "https://api.elsewhere.example/v1";

    @Test
    void aLaunchLeavesBehindWhatAFileLeavesBehind() {
        Set<String> different = new TreeSet<>();
        int compared = 0;
        for (EveryFieldIsDecodedTest.Case each : EveryFieldIsDecodedTest.everyField()) {
            boolean atBase = !each.field().equals("baseUrl");
            if (atBase) {
                compared++;
                Provider lower = provider(each.yaml(), "");
                Provider file = provider(each.yaml(), "\nbaseUrl: " + ELSEWHERE + "\nauth: none");
                String extending =
                        file.definition().map(OneOriginRuleTest::shown).orElse("" + file.problems());
                String launch = lower.definition()
                        .map(definition -> OriginRule.move(definition, URI.create(ELSEWHERE)).toBuilder()
                                .auth(Auth.NONE)
                                .build())
                        .map(OneOriginRuleTest::shown)
                        .orElse("nothing: " + lower.problems());
                if (!extending.equals(launch)) {
                    different.add(each.yaml() + "\nfile:   " + extending + "\nlaunch: " + launch);
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(compared).isGreaterThan(50);
    }

    private static String shown(Definition definition) {
        return String.valueOf(EveryFieldIsDecodedTest.shown(definition));
    }

    private static Provider provider(String yaml, String above) {
        Registries registries = Registries.with(Layer.USER, EveryFieldIsDecodedTest.OTHERS + "a:\n" + yaml.indent(2));
        if (!above.isEmpty()) {
            registries.and(Layer.COMMAND_LINE, "a:\n" + ("extends: a" + above).indent(2));
        }
        return registries
                .variable("PROVIDER_API_KEY", "canary-key")
                .variable("OTHER_KEY", "other-canary-key")
                .variable("OTHER_API_KEY", "another-canary-key")
                .build()
                .find("a")
                .orElseThrow();
    }
}
