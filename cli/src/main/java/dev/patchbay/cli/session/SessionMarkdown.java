package dev.patchbay.cli.session;

import dev.patchbay.cli.json.JsonText;
import dev.patchbay.diagnostic.Printable;
import dev.patchbay.session.ConversationEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ContentBlock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A conversation as Markdown. What people and models said stands there as they said it. */
final class SessionMarkdown {

    private SessionMarkdown() {}

    /** @param baseUrl where it goes, as far as that is known */
    static String of(SessionRecord session, Optional<String> baseUrl, List<ConversationEvent> history) {
        StringBuilder text =
                new StringBuilder("# ").append(oneLine(session.title())).append("\n\n");
        facts(text, session, baseUrl);
        Optional<ChatMessage.Role> speaker = Optional.empty();
        for (ConversationEvent event : history) {
            if (speaker.isEmpty() || speaker.get() != event.role()) {
                speaker = Optional.of(event.role());
                String role = event.role().name().toLowerCase(Locale.ROOT);
                text.append("\n## ")
                        .append(Character.toUpperCase(role.charAt(0)))
                        .append(role.substring(1))
                        .append("\n");
            }
            text.append('\n').append(piece(event)).append('\n');
            if (!event.isCompleted()) {
                text.append("\n*(broke off here)*\n");
            }
        }
        session.error()
                .ifPresent(error -> text.append("\n*(failed: ")
                        .append(oneLine(error.message()))
                        .append(")*\n"));
        return text.toString();
    }

    private static void facts(StringBuilder text, SessionRecord session, Optional<String> baseUrl) {
        fact(text, "session", session.id());
        session.parentId().ifPresent(parent -> fact(text, "continues", parent));
        fact(text, "status", session.status().word());
        session.provider().ifPresent(provider -> fact(text, "provider", provider));
        baseUrl.ifPresent(url -> fact(text, "base URL", url));
        session.modelId().or(session::model).ifPresent(model -> fact(text, "model", model));
        session.workingDir().ifPresent(folder -> fact(text, "folder", folder));
        fact(text, "begun", session.createdAt().toString());
        fact(text, "last activity", session.lastActivityAt().toString());
        session.usage().inputTokens().ifPresent(count -> fact(text, "tokens in", String.valueOf(count)));
        session.usage().outputTokens().ifPresent(count -> fact(text, "tokens out", String.valueOf(count)));
        session.costUsd().ifPresent(cost -> fact(text, "cost", "$" + cost.toPlainString()));
    }

    private static void fact(StringBuilder text, String name, String value) {
        text.append("- ").append(name).append(": ").append(oneLine(value)).append('\n');
    }

    private static String piece(ConversationEvent event) {
        ContentBlock block = event.block();
        if (block instanceof ContentBlock.Thinking thinking) {
            return thinking.thinking().lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
        }
        if (block instanceof ContentBlock.ToolUse call) {
            return "calls `" + call.name() + "` (" + call.id() + "):\n\n"
                    + fenced(JsonText.write(call.input()), "json");
        }
        if (block instanceof ContentBlock.ToolResult result) {
            String content =
                    result.content().stream().map(SessionMarkdown::resultText).collect(Collectors.joining("\n"));
            return (result.isError() ? "error of " : "result of ") + result.toolUseId() + ":\n\n" + fenced(content, "");
        }
        return event.text().orElseGet(() -> "*(" + ConversationEvent.describe(block) + ")*");
    }

    private static String resultText(ContentBlock block) {
        return block instanceof ContentBlock.Text text ? text.text() : "(" + ConversationEvent.describe(block) + ")";
    }

    /** A fence that is longer than any in the text. */
    private static String fenced(String text, String language) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        return fence + language + "\n" + text + "\n" + fence;
    }

    private static String oneLine(String text) {
        return Printable.line(text.replaceAll("\\s*[\\r\\n]+\\s*", " "));
    }
}
