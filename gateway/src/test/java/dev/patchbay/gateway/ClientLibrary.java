package dev.patchbay.gateway;

import dev.patchbay.testkit.ChildProcess;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Libraries, each played by a program of the test resources, at the version of docs/clients.md. */
enum ClientLibrary {
    JS_OPENAI_CHAT,
    JS_OPENAI_RESPONSES,
    JS_ANTHROPIC,
    JS_VERCEL_CHAT,
    JS_VERCEL_RESPONSES,
    JS_VERCEL_ANTHROPIC,
    JS_VERCEL_COMPATIBLE,
    JS_LANGCHAIN_OPENAI,
    JS_LANGCHAIN_ANTHROPIC,
    JS_AGENTS,
    /** Claude Code of its own, under the agent SDK. */
    JS_CLAUDE_AGENT,
    JVM_LANGCHAIN4J_OPENAI,
    JVM_LANGCHAIN4J_RESPONSES,
    JVM_LANGCHAIN4J_ANTHROPIC,
    JVM_SPRING_OPENAI,
    JVM_SPRING_ANTHROPIC,
    PY_OPENAI_CHAT("openai==3.57.0"),
    PY_OPENAI_RESPONSES("openai==3.57.0"),
    PY_ANTHROPIC("anthropic==2.14.0"),
    PY_LANGCHAIN_OPENAI("langchain-openai==1.7.4"),
    PY_LANGCHAIN_ANTHROPIC("langchain-anthropic==1.7.10"),
    PY_AGENTS("openai-agents==0.24.0"),
    PY_LITELLM("litellm==1.110.2"),
    PY_LITELLM_ANTHROPIC("litellm==1.110.2"),
    PY_PYDANTIC_OPENAI("pydantic-ai-slim[openai,anthropic]==2.68.0"),
    PY_PYDANTIC_RESPONSES("pydantic-ai-slim[openai,anthropic]==2.68.0"),
    PY_PYDANTIC_ANTHROPIC("pydantic-ai-slim[openai,anthropic]==2.68.0"),
    PY_INSTRUCTOR("instructor==1.17.0"),
    PY_LLM("llm==0.36"),
    PY_LLM_RESPONSES("llm==0.36"),
    PY_LANGGRAPH("langchain==1.3.18", "langchain-openai==1.7.4"),
    PY_ADK("google-adk==2.13.0", "litellm==1.110.2"),
    /** What it asks for by a schema carries an empty list of tools, which a strict server refuses. */
    PY_STRANDS(Set.of("structured"), "strands-agents==1.62.0", "openai==3.57.0"),
    PY_AGNO("agno==3.1.10", "openai==3.57.0"),
    PY_CREWAI("crewai==1.15.30"),
    /** It tells the model of calls and their results in prose. */
    PY_SMOLAGENTS(Set.of("tools", "thinking"), "smolagents[openai]==1.26.0"),
    /** It reads all but plain answers by forms of its own, and calls no tool itself. */
    PY_DSPY(Set.of("tools", "thinking"), "dspy==3.4.1"),
    /** Claude Code of its own, under the agent SDK. */
    PY_CLAUDE_AGENT("claude-agent-sdk==0.2.189"),
    /** It edits files by what it is told, and calls no tools. */
    PY_AIDER(Set.of("tools", "parallel", "structured", "thinking"), "aider-chat==0.86.2");

    private final Set<String> lacking;
    private final List<String> packages;

    ClientLibrary(String... packages) {
        this(Set.of(), packages);
    }

    ClientLibrary(Set<String> lacking, String... packages) {
        this.lacking = lacking;
        this.packages = List.of(packages);
    }

    /** The checks of what the client cannot do at all. */
    Set<String> lacking() {
        return lacking;
    }

    ChildProcess process(String gateway, String token) throws IOException {
        String client = name().substring(name().indexOf('_') + 1)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
        if (client.startsWith("langchain4j-")) {
            String dialect = client.substring("langchain4j-".length());
            return JvmClients.program("langchain4j", "LangChain4jClient", dialect, gateway, token);
        }
        if (client.startsWith("spring-")) {
            return JvmClients.program(
                    "spring-ai", "SpringAiClient", client.substring("spring-".length()), gateway, token);
        }
        if (packages.isEmpty()) {
            return ClientInstallation.script("matrix-package.json", "matrix.mjs", client, gateway, token);
        }
        return PythonClients.script(packages, "matrix.py", client, gateway, token);
    }
}
