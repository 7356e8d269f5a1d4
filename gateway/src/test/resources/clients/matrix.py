"""Plays one client library against a gateway: python matrix.py CLIENT URL KEY. Prints what it saw as one JSON object."""
import asyncio
import base64
import contextlib
import json
import os
import pathlib
import sys
import tempfile

client, url, key = sys.argv[1:4]
MODEL = "wire-model"
IMAGE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
DATA = "data:image/png;base64," + IMAGE
CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"], "additionalProperties": False}
PLACE = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "note": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
    "required": ["city", "note"],
    "additionalProperties": False,
}
result = {}
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)


def see(name, run):
    try:
        result[name] = run()
    except Exception as error:  # noqa: BLE001
        result[name] = "failed: %s: %s" % (type(error).__name__, str(error)[:300])


def see_broken(name, run):
    """An answer that broke must not be taken for a whole one."""
    try:
        result[name] = "taken for whole: %s" % run()
    except Exception:  # noqa: BLE001
        result[name] = "an error"


def sunny(arguments):
    return "sunny in " + (json.loads(arguments) if isinstance(arguments, str) else arguments)["city"]


def openai_chat(create):
    """The checks of a library whose surface is that of chat completions."""
    tools = [{"type": "function", "function": {"name": "weather", "parameters": CITY}}]
    user = lambda content: [{"role": "user", "content": content}]  # noqa: E731
    said = lambda answer: answer.choices[0].message  # noqa: E731

    def streamed(text, **more):
        content, calls = "", {}
        for chunk in create(messages=user(text), stream=True, **more):
            for choice in chunk.choices:
                content += choice.delta.content or ""
                for call in choice.delta.tool_calls or []:
                    calls[call.index] = calls.get(call.index, "") + (call.function.arguments or "")
        return content or ",".join(json.loads(calls[i])["city"] for i in sorted(calls))

    def turns_of(text, turns):
        messages = user(text)
        for _ in range(turns):
            answer = said(create(messages=messages, tools=tools))
            messages.append(answer.model_dump(exclude_none=True))
            for call in answer.tool_calls or []:
                messages.append({"role": "tool", "tool_call_id": call.id, "content": sunny(call.function.arguments)})
        return said(create(messages=messages, tools=tools)).content

    see("text", lambda: said(create(messages=user("hello"))).content)
    see("stream", lambda: streamed("hello"))
    see("tools", lambda: turns_of("call the tool", 1))
    see("parallel", lambda: streamed("call both", tools=tools))
    form = {"type": "json_schema", "json_schema": {"name": "place", "strict": True, "schema": PLACE}}
    see("structured", lambda: json.loads(said(create(messages=user("as json"), response_format=form)).content))
    picture = [{"type": "text", "text": "see the picture"}, {"type": "image_url", "image_url": {"url": DATA}}]
    see("image", lambda: said(create(messages=user(picture))).content)
    see("thinking", lambda: turns_of("think and call the tool", 2))
    see_broken("broken", lambda: streamed("break please"))


def run_openai_chat():
    from openai import OpenAI

    api = OpenAI(base_url=url + "/v1", api_key=key, max_retries=0)
    openai_chat(lambda **more: api.chat.completions.create(model=MODEL, **more))


def run_litellm():
    import litellm

    openai_chat(
        lambda **more: litellm.completion(model="openai/" + MODEL, api_base=url + "/v1", api_key=key, num_retries=0, **more))


def run_litellm_anthropic():
    import litellm

    openai_chat(lambda **more: litellm.completion(model="anthropic/" + MODEL, api_base=url, api_key=key, num_retries=0, **more))


def run_openai_responses():
    from openai import OpenAI

    api = OpenAI(base_url=url + "/v1", api_key=key, max_retries=0)
    tools = [{"type": "function", "name": "weather", "parameters": CITY, "strict": True}]
    ask = lambda given, **more: api.responses.create(model=MODEL, input=given, store=False, **more)  # noqa: E731

    def streamed(text, **more):
        with api.responses.stream(model=MODEL, input=text, **more) as stream:
            stream.until_done()
            return stream.get_final_response()

    def turns_of(text, turns):
        given = [{"role": "user", "content": text}]
        for _ in range(turns):
            answer = ask(given, tools=tools, include=["reasoning.encrypted_content"])
            given += [item.model_dump(exclude_none=True) for item in answer.output]
            for call in answer.output:
                if call.type == "function_call":
                    given.append({"type": "function_call_output", "call_id": call.call_id, "output": sunny(call.arguments)})
        return ask(given, tools=tools).output_text

    see("text", lambda: ask("hello").output_text)
    see("stream", lambda: streamed("hello").output_text)
    see("tools", lambda: turns_of("call the tool", 1))
    see("parallel", lambda: ",".join(
        json.loads(c.arguments)["city"] for c in streamed("call both", tools=tools).output if c.type == "function_call"))
    form = {"format": {"type": "json_schema", "name": "place", "strict": True, "schema": PLACE}}
    see("structured", lambda: json.loads(ask("as json", text=form).output_text))
    picture = [{"type": "input_text", "text": "see the picture"}, {"type": "input_image", "image_url": DATA}]
    see("image", lambda: ask([{"role": "user", "content": picture}]).output_text)
    see("thinking", lambda: turns_of("think and call the tool", 2))
    see_broken("broken", lambda: streamed("break please").output_text)


def run_anthropic():
    from anthropic import Anthropic

    api = Anthropic(base_url=url, api_key=key, max_retries=0)
    tools = [{"name": "weather", "input_schema": CITY}]
    user = lambda content: [{"role": "user", "content": content}]  # noqa: E731
    text = lambda answer: "".join(block.text for block in answer.content if block.type == "text")  # noqa: E731

    def ask(messages, **more):
        return api.messages.create(model=MODEL, max_tokens=4096, messages=messages, **more)

    def streamed(messages, **more):
        with api.messages.stream(model=MODEL, max_tokens=4096, messages=messages, **more) as stream:
            return stream.get_final_message()

    def turns_of(question, turns, **more):
        messages = user(question)
        for _ in range(turns):
            answer = streamed(messages, tools=tools, **more)
            messages.append({"role": "assistant", "content": [b.model_dump(exclude_none=True) for b in answer.content]})
            messages += user([{"type": "tool_result", "tool_use_id": b.id, "content": sunny(b.input)}
                              for b in answer.content if b.type == "tool_use"])
        return text(ask(messages, tools=tools, **more))

    see("text", lambda: text(ask(user("hello"))))
    see("stream", lambda: text(streamed(user("hello"))))
    see("tools", lambda: turns_of("call the tool", 1))
    see("parallel", lambda: ",".join(
        b.input["city"] for b in streamed(user("call both"), tools=tools).content if b.type == "tool_use"))
    form = {"format": {"type": "json_schema", "schema": PLACE}}
    see("structured", lambda: json.loads(text(ask(user("as json"), output_config=form))))
    picture = [{"type": "text", "text": "see the picture"},
               {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": IMAGE}}]
    see("image", lambda: text(ask(user(picture))))
    see("thinking", lambda: turns_of("think and call the tool", 2, thinking={"type": "enabled", "budget_tokens": 2000}))
    see_broken("broken", lambda: text(streamed(user("break please"))))


def langchain(model):
    from langchain_core.messages import HumanMessage, ToolMessage

    armed = model.bind_tools([{"type": "function", "function": {"name": "weather", "description": "Weather.", "parameters": CITY}}])
    text = lambda message: message.text if isinstance(message.text, str) else message.text()  # noqa: E731

    def streamed(runnable, question):
        whole = None
        for part in runnable.stream(question):
            whole = part if whole is None else whole + part
        return whole

    def turns_of(question, turns):
        messages = [HumanMessage(question)]
        for _ in range(turns):
            answer = armed.invoke(messages)
            messages.append(answer)
            messages += [ToolMessage(sunny(call["args"]), tool_call_id=call["id"]) for call in answer.tool_calls]
        return text(armed.invoke(messages))

    see("text", lambda: text(model.invoke("hello")))
    see("stream", lambda: text(streamed(model, "hello")))
    see("tools", lambda: turns_of("call the tool", 1))
    see("parallel", lambda: ",".join(call["args"]["city"] for call in streamed(armed, "call both").tool_calls))
    schema = {"title": "place", "description": "A place.", **PLACE}
    see("structured", lambda: model.with_structured_output(schema, method="json_schema").invoke("as json"))
    picture = [{"type": "text", "text": "see the picture"}, {"type": "image_url", "image_url": {"url": DATA}}]
    see("image", lambda: text(model.invoke([HumanMessage(content=picture)])))
    see("thinking", lambda: turns_of("think and call the tool", 2))
    see_broken("broken", lambda: text(streamed(model, "break please")))


def run_langchain_openai():
    from langchain_openai import ChatOpenAI

    langchain(ChatOpenAI(model=MODEL, api_key=key, base_url=url + "/v1", max_retries=0))


def run_langchain_anthropic():
    from langchain_anthropic import ChatAnthropic

    langchain(ChatAnthropic(model=MODEL, api_key=key, base_url=url, max_retries=0, max_tokens=4096))


def run_agents():
    from typing import Optional

    from agents import Agent, OpenAIProvider, RunConfig, Runner, function_tool, set_tracing_disabled
    from pydantic import BaseModel

    class Place(BaseModel):
        city: str
        note: Optional[str]

    @function_tool
    def weather(city: str) -> str:
        return "sunny in " + city

    set_tracing_disabled(True)
    config = RunConfig(model_provider=OpenAIProvider(api_key=key, base_url=url + "/v1", use_responses=True))
    agent = Agent(name="a", model=MODEL, instructions="Be brief.", tools=[weather])
    run = lambda given, who=agent: loop.run_until_complete(Runner.run(who, given, run_config=config))  # noqa: E731

    async def streamed(given):
        answer = Runner.run_streamed(agent, given, run_config=config)
        async for _ in answer.stream_events():
            pass
        return answer.final_output

    see("text", lambda: run("hello").final_output)
    see("stream", lambda: loop.run_until_complete(streamed("hello")))
    see("tools", lambda: run("call the tool").final_output)
    see("parallel", lambda: ",".join(
        json.loads(item["arguments"])["city"] for item in run("call both").to_input_list() if item.get("type") == "function_call"))
    see("structured", lambda: run("as json", Agent(name="a", model=MODEL, output_type=Place)).final_output.model_dump())
    picture = [{"type": "input_text", "text": "see the picture"}, {"type": "input_image", "image_url": DATA, "detail": "auto"}]
    see("image", lambda: run([{"role": "user", "content": picture}]).final_output)
    see("thinking", lambda: loop.run_until_complete(streamed("think and call the tool twice")))
    see_broken("broken", lambda: loop.run_until_complete(streamed("break please")))


def pydantic_ai(model):
    from typing import Optional

    from pydantic import BaseModel
    from pydantic_ai import Agent, BinaryContent, NativeOutput

    class Place(BaseModel):
        city: str
        note: Optional[str]

    agent = Agent(model, retries=0)
    asked = []

    @agent.tool_plain
    def weather(city: str) -> str:
        """The weather in a city."""
        asked.append(city)
        return "sunny in " + city

    async def streamed(question):
        async with agent.run_stream(question) as answer:
            return await answer.get_output()

    def parallel():
        asked.clear()
        loop.run_until_complete(agent.run("call both"))
        return ",".join(sorted(asked, reverse=True))  # both run at once

    run = lambda given, who=agent: loop.run_until_complete(who.run(given)).output  # noqa: E731
    see("text", lambda: run("hello"))
    see("stream", lambda: loop.run_until_complete(streamed("hello")))
    see("tools", lambda: run("call the tool"))
    see("parallel", parallel)
    see("structured", lambda: run("as json", Agent(model, output_type=NativeOutput(Place), retries=0)).model_dump())
    see("image", lambda: run(["see the picture", BinaryContent(base64.b64decode(IMAGE), media_type="image/png")]))
    see("thinking", lambda: run("think and call the tool twice"))
    see_broken("broken", lambda: loop.run_until_complete(streamed("break please")))


def run_pydantic_openai():
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    pydantic_ai(OpenAIChatModel(MODEL, provider=OpenAIProvider(base_url=url + "/v1", api_key=key)))


def run_pydantic_responses():
    from pydantic_ai.models.openai import OpenAIResponsesModel
    from pydantic_ai.providers.openai import OpenAIProvider

    pydantic_ai(OpenAIResponsesModel(MODEL, provider=OpenAIProvider(base_url=url + "/v1", api_key=key)))


def run_pydantic_anthropic():
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    # It goes by the model's name, which it does not know.
    able = {"supports_json_schema_output": True}
    pydantic_ai(AnthropicModel(MODEL, provider=AnthropicProvider(base_url=url, api_key=key), profile=able))


def run_instructor():
    from typing import Iterable

    import instructor
    from openai import OpenAI
    from pydantic import BaseModel, field_validator

    class weather(BaseModel):
        city: str

    class Place(BaseModel):
        city: str
        note: str | None

    asked = []

    class fussy(weather):
        """Sends the first answer back, as a schema does that is not met."""

        @field_validator("city")
        @classmethod
        def once_more(cls, city):
            asked.append(city)
            if len(asked) == 1:
                raise ValueError("say it again")
            return city

    fussy.__name__ = "weather"
    api = OpenAI(base_url=url + "/v1", api_key=key, max_retries=0)
    tools = instructor.from_openai(api, mode=instructor.Mode.TOOLS).chat.completions
    user = lambda content: [{"role": "user", "content": content}]  # noqa: E731
    said = lambda answer: answer.choices[0].message  # noqa: E731

    def turns_of(text, model):
        messages = user(text)
        value, answer = tools.create_with_completion(model=MODEL, messages=messages, response_model=model, max_retries=2)
        # The library looks for the content of each message, and makes an empty list of an empty one, which OpenAI refuses.
        messages.append({"content": "Let me look.", **said(answer).model_dump(exclude_none=True)})
        for call in said(answer).tool_calls:
            messages.append({"role": "tool", "tool_call_id": call.id, "content": "sunny in " + value.city})
        # Its first answer went back within the library, so that the conversation has a turn less.
        if len(asked) == 2:
            messages[1:1] = [messages[1], messages[2]]
        return said(tools.create(model=MODEL, messages=messages, response_model=None)).content

    def streamed(text):
        chunks = tools.create(model=MODEL, messages=user(text), response_model=None, stream=True)
        return "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)

    def parallel():
        both = instructor.from_openai(api, mode=instructor.Mode.PARALLEL_TOOLS).chat.completions
        return ",".join(call.city for call in both.create(model=MODEL, messages=user("call both"), response_model=Iterable[weather]))

    schema = instructor.from_openai(api, mode=instructor.Mode.JSON_SCHEMA).chat.completions
    picture = [{"type": "text", "text": "see the picture"}, {"type": "image_url", "image_url": {"url": DATA}}]
    see("text", lambda: said(tools.create(model=MODEL, messages=user("hello"), response_model=None)).content)
    see("stream", lambda: streamed("hello"))
    see("tools", lambda: turns_of("call the tool", weather))
    see("parallel", parallel)
    see("structured", lambda: schema.create(model=MODEL, messages=user("as json"), response_model=Place, max_retries=1).model_dump())
    see("image", lambda: said(tools.create(model=MODEL, messages=user(picture), response_model=None)).content)
    see("thinking", lambda: turns_of("think and call the tool", fussy))
    see_broken("broken", lambda: streamed("break please"))


def run_llm(responses="false"):
    home = pathlib.Path(tempfile.mkdtemp())
    os.environ["LLM_USER_PATH"] = str(home)
    (home / "extra-openai-models.yaml").write_text(
        "- {model_id: patchbay, model_name: %s, api_base: '%s/v1', api_key_name: patchbay, "
        "supports_tools: true, supports_schema: true, vision: true, responses: %s}\n" % (MODEL, url, responses))
    (home / "keys.json").write_text(json.dumps({"patchbay": key}))
    import llm

    model = llm.get_model("patchbay")

    def weather(city: str) -> str:
        """The weather in a city."""
        return "sunny in " + city

    see("text", lambda: model.prompt("hello", stream=False).text())
    see("stream", lambda: "".join(model.prompt("hello")))
    see("tools", lambda: model.chain("call the tool", tools=[weather]).text())
    see("parallel", lambda: ",".join(call.arguments["city"] for call in model.prompt("call both", tools=[weather]).tool_calls()))
    see("structured", lambda: json.loads(model.prompt("as json", schema=PLACE).text()))
    see("image", lambda: model.prompt("see the picture", attachments=[llm.Attachment(content=base64.b64decode(IMAGE))]).text())
    see("thinking", lambda: model.chain("think and call the tool twice", tools=[weather]).text())
    see_broken("broken", lambda: model.prompt("break please").text())


def run_llm_responses():
    run_llm("true")


def run_aider():
    """It has no tools, but edits files by what it is told."""
    home = pathlib.Path(tempfile.mkdtemp())
    os.environ["HOME"] = str(home)
    os.chdir(home)
    (home / "see.png").write_bytes(base64.b64decode(IMAGE))
    (home / "metadata.json").write_text(json.dumps({"openai/" + MODEL: {
        "max_input_tokens": 100000, "supports_vision": True, "litellm_provider": "openai", "mode": "chat"}}))
    from aider.io import InputOutput
    from aider.main import main

    class Told(Exception):
        pass

    class Screen(InputOutput):
        """What the user is told of an error."""

        def tool_error(self, message="", strip=True):
            raise Told(message)

        def tool_warning(self, message="", strip=True):
            if "litellm" in message or "Retrying" in message:
                raise Told(message)

    def run(text, *more):
        io = Screen(pretty=False, yes=True, fancy_input=False)
        coder = main(["--model", "openai/" + MODEL, "--openai-api-base", url + "/v1", "--openai-api-key", key, "--no-git",
                      "--no-show-model-warnings", "--no-check-update", "--analytics-disable", "--map-tokens", "0",
                      "--model-metadata-file", "metadata.json", "--no-pretty", *more],
                     input=None, output=None, return_coder=True)
        coder.io = io
        coder.commands.io = io
        return coder.run(with_message=text, preproc=False)

    with contextlib.redirect_stdout(sys.stderr):
        see("text", lambda: run("hello", "--no-stream"))
        see("stream", lambda: run("hello", "--stream"))
        see("image", lambda: run("see the picture", "see.png"))
        see_broken("broken", lambda: run("break please", "--stream"))


def run_claude_agent():
    os.environ["HOME"] = tempfile.mkdtemp()
    from claude_agent_sdk import ClaudeAgentOptions, create_sdk_mcp_server, query, tool

    asked = []

    @tool("weather", "The weather in a city.", {"city": str})
    async def weather(given):
        asked.append(given["city"])
        return {"content": [{"type": "text", "text": "sunny in " + given["city"]}]}

    def options(**more):
        return ClaudeAgentOptions(
            model=MODEL, tools=[], cwd=os.environ["HOME"], mcp_servers={"w": create_sdk_mcp_server("w", tools=[weather])},
            allowed_tools=["mcp__w__weather"], setting_sources=[],
            env={"ANTHROPIC_BASE_URL": url, "ANTHROPIC_API_KEY": key, "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
                 "CLAUDE_CODE_MAX_RETRIES": "1", "IS_SANDBOX": "1"}, **more)

    async def answer(given, **more):
        last = None
        async for message in query(prompt=given, options=options(**more)):
            last = message
        if last.is_error:
            raise RuntimeError(last.result)
        return last

    async def pictured():
        yield {"type": "user", "message": {"role": "user", "content": [
            {"type": "text", "text": "see the picture"},
            {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": IMAGE}}]}}

    async def parts(text):
        said = ""
        async for message in query(prompt=text, options=options(include_partial_messages=True)):
            event = getattr(message, "event", None) or {}
            if event.get("type") == "content_block_delta" and event["delta"]["type"] == "text_delta":
                said += event["delta"]["text"]
        return said

    run = lambda given, **more: loop.run_until_complete(answer(given, **more))  # noqa: E731

    def broken():
        said = run("break please").result
        if said == "Hello there and so on":
            raise RuntimeError("it asked again without a stream, and got the whole answer")
        return said

    def parallel():
        asked.clear()
        run("call both")
        return ",".join(sorted(asked, reverse=True))  # both run at once

    see("text", lambda: run("hello").result)
    see("stream", lambda: loop.run_until_complete(parts("hello")))
    see("tools", lambda: run("call the tool").result)
    see("parallel", parallel)
    see("structured", lambda: run("as json", output_format={"type": "json_schema", "schema": PLACE}).structured_output)
    see("image", lambda: run(pictured()).result)
    see("thinking", lambda: run("think and call the tool twice").result)
    see_broken("broken", broken)


class Weather:
    """The tool of frameworks that call it by themselves, and where it was asked for."""

    def __init__(self):
        self.asked = []

    def __call__(self, city):
        self.asked.append(city)
        return "sunny in " + city

    def both(self, run):
        self.asked.clear()
        run()
        return ",".join(sorted(self.asked, reverse=True))  # both run at once


def place_model():
    from typing import Optional

    from pydantic import BaseModel

    class Place(BaseModel):
        city: str
        note: Optional[str]

    return Place


def run_langgraph():
    from langchain.agents import create_agent
    from langchain.agents.structured_output import ProviderStrategy
    from langchain_core.tools import tool
    from langchain_openai import ChatOpenAI

    called = Weather()

    @tool
    def weather(city: str) -> str:
        """The weather in a city."""
        return called(city)

    model = ChatOpenAI(model=MODEL, api_key=key, base_url=url + "/v1", max_retries=0)
    agent = create_agent(model, tools=[weather])
    ask = lambda content: {"messages": [{"role": "user", "content": content}]}  # noqa: E731
    run = lambda content: agent.invoke(ask(content))["messages"][-1].content  # noqa: E731

    def streamed(content):
        return "".join(part.content for part, _ in agent.stream(ask(content), stream_mode="messages") if part.type == "AIMessageChunk")

    picture = [{"type": "text", "text": "see the picture"}, {"type": "image_url", "image_url": {"url": DATA}}]
    see("text", lambda: run("hello"))
    see("stream", lambda: streamed("hello"))
    see("tools", lambda: run("call the tool"))
    see("parallel", lambda: called.both(lambda: run("call both")))
    formed = create_agent(model, tools=[weather], response_format=ProviderStrategy(place_model()))
    see("structured", lambda: formed.invoke(ask("as json"))["structured_response"].model_dump())
    see("image", lambda: run(picture))
    see("thinking", lambda: run("think and call the tool twice"))
    see_broken("broken", lambda: streamed("break please"))


def run_adk():
    from google.adk.agents import Agent, RunConfig
    from google.adk.agents.run_config import StreamingMode
    from google.adk.models.lite_llm import LiteLlm
    from google.adk.runners import InMemoryRunner
    from google.genai import types

    called = Weather()

    def weather(city: str) -> str:
        """The weather in a city."""
        return called(city)

    def run(text, *parts, mode=StreamingMode.NONE, **more):
        model = LiteLlm(model="openai/" + MODEL, api_base=url + "/v1", api_key=key, num_retries=0)
        runner = InMemoryRunner(agent=Agent(name="a", model=model, **(more or {"tools": [weather]})), app_name="a")
        session = loop.run_until_complete(runner.session_service.create_session(app_name="a", user_id="u"))
        message = types.Content(role="user", parts=[types.Part(text=text), *parts])
        said = ""
        for event in runner.run(user_id="u", session_id=session.id, new_message=message, run_config=RunConfig(streaming_mode=mode)):
            if event.error_code:
                raise RuntimeError(event.error_message)
            if event.content and not event.partial:
                said = "".join(part.text or "" for part in event.content.parts if not part.thought)
        return said

    see("text", lambda: run("hello"))
    see("stream", lambda: run("hello", mode=StreamingMode.SSE))
    see("tools", lambda: run("call the tool"))
    see("parallel", lambda: called.both(lambda: run("call both")))
    see("structured", lambda: json.loads(run("as json", output_schema=place_model())))
    see("image", lambda: run("see the picture", types.Part.from_bytes(data=base64.b64decode(IMAGE), mime_type="image/png")))
    see("thinking", lambda: run("think and call the tool twice"))
    see_broken("broken", lambda: run("break please", mode=StreamingMode.SSE))


def run_strands():
    from strands import Agent, tool
    from strands.models.openai import OpenAIModel

    called = Weather()

    @tool
    def weather(city: str) -> str:
        """The weather in a city."""
        return called(city)

    def agent():
        model = OpenAIModel(client_args={"api_key": key, "base_url": url + "/v1", "max_retries": 0}, model_id=MODEL)
        return Agent(model=model, tools=[weather], callback_handler=None)

    async def streamed(given):
        return "".join([event["data"] async for event in agent().stream_async(given) if "data" in event])

    run = lambda given: str(agent()(given)).strip()  # noqa: E731
    picture = [{"text": "see the picture"}, {"image": {"format": "png", "source": {"bytes": base64.b64decode(IMAGE)}}}]
    see("text", lambda: run("hello"))
    see("stream", lambda: loop.run_until_complete(streamed("hello")))
    see("tools", lambda: run("call the tool"))
    see("parallel", lambda: called.both(lambda: run("call both")))
    see("image", lambda: run(picture))
    see("thinking", lambda: run("think and call the tool twice"))
    see_broken("broken", lambda: loop.run_until_complete(streamed("break please")))


def run_agno():
    from agno.agent import Agent
    from agno.media import Image
    from agno.models.openai.like import OpenAILike

    called = Weather()

    def weather(city: str) -> str:
        """The weather in a city."""
        return called(city)

    def agent(**more):
        model = OpenAILike(id=MODEL, api_key=key, base_url=url + "/v1", max_retries=0)
        return Agent(model=model, tools=[weather], telemetry=False, **more)

    def run(given, **more):
        answer = agent().run(given, **more)
        if str(answer.status) != "RunStatus.completed":
            raise RuntimeError(answer.content)
        return answer.content

    def streamed(given):
        said = ""
        for event in agent().run(given, stream=True):
            if event.event == "RunError":
                raise RuntimeError(event.content)
            said += event.content or "" if event.event == "RunContent" else ""
        return said

    def structured():
        model = OpenAILike(id=MODEL, api_key=key, base_url=url + "/v1", max_retries=0, supports_native_structured_outputs=True)
        return Agent(model=model, output_schema=place_model(), telemetry=False).run("as json").content.model_dump()

    see("text", lambda: run("hello"))
    see("stream", lambda: streamed("hello"))
    see("tools", lambda: run("call the tool"))
    see("parallel", lambda: called.both(lambda: run("call both")))
    see("structured", structured)
    see("image", lambda: run("see the picture", images=[Image(content=base64.b64decode(IMAGE), format="png")]))
    see("thinking", lambda: run("think and call the tool twice"))
    see_broken("broken", lambda: streamed("break please"))


def run_smolagents():
    import io

    from PIL import Image
    from smolagents import OpenAIModel, tool

    @tool
    def weather(city: str) -> str:
        """The weather in a city.

        Args:
            city: Its name.
        """
        return sunny({"city": city})

    model = OpenAIModel(model_id=MODEL, api_base=url + "/v1", api_key=key)
    user = lambda content: [{"role": "user", "content": content}]  # noqa: E731
    text = lambda given: user([{"type": "text", "text": given}])  # noqa: E731

    def streamed(given):
        return "".join(delta.content or "" for delta in model.generate_stream(text(given)))

    def called(given):
        calls = model.generate(text(given), tools_to_call_from=[weather]).tool_calls
        arguments = [call.function.arguments for call in calls]
        return ",".join((json.loads(a) if isinstance(a, str) else a)["city"] for a in arguments)

    form = {"type": "json_schema", "json_schema": {"name": "place", "strict": True, "schema": PLACE}}
    image = Image.open(io.BytesIO(base64.b64decode(IMAGE)))
    picture = [{"type": "text", "text": "see the picture"}, {"type": "image", "image": image}]
    see("text", lambda: model.generate(text("hello")).content)
    see("stream", lambda: streamed("hello"))
    see("parallel", lambda: called("call both"))
    see("structured", lambda: json.loads(model.generate(text("as json"), response_format=form).content))
    see("image", lambda: model.generate(user(picture)).content)
    see_broken("broken", lambda: streamed("break please"))


def run_dspy():
    from typing import Optional

    import dspy
    from dspy.lm15 import AccessPolicy, ModelSupport, OpenAIChatCompat, ProviderDefinition, register_provider

    def weather(city: str) -> str:
        """The weather in a city."""
        return sunny({"city": city})

    class Place(dspy.Signature):
        """Answer."""

        question: str = dspy.InputField()
        city: str = dspy.OutputField()
        note: Optional[str] = dspy.OutputField()

    class Call(dspy.Signature):
        """Answer."""

        question: str = dspy.InputField()
        tools: list[dspy.Tool] = dspy.InputField()
        outputs: dspy.ToolCalls = dspy.OutputField()

    # What a model can do it looks up in a list on the web, by the model's name; of one that is not there it has to be told.
    register_provider(
        ProviderDefinition.chat(AccessPolicy("patchbay", base_url=url + "/v1"), compat=OpenAIChatCompat()),
        supports=ModelSupport(function_calling=True, response_schema=True),
    )
    lm = dspy.LM("patchbay/" + MODEL, api_base=url + "/v1", api_key=key, cache=False, num_retries=0)
    dspy.configure(lm=lm, adapter=dspy.JSONAdapter(use_native_function_calling=True))

    def said(answer):
        first = answer[0]
        return first["text"] if isinstance(first, dict) else first

    class Ask(dspy.Module):
        def forward(self, given):
            return dspy.Prediction(answer=said(lm(given)))

    def streamed(given):
        *parts, _ = dspy.streamify(Ask(), async_streaming=False)(given=given)
        return "".join(part.choices[0].delta.content or "" for part in parts)

    def both():
        calls = dspy.Predict(Call)(question="call both", tools=[dspy.Tool(weather)]).outputs.tool_calls
        return ",".join(call.args["city"] for call in calls)

    def place():
        answer = dspy.Predict(Place)(question="as json")
        return {"city": answer.city, "note": answer.note}

    picture = [{"type": "text", "text": "see the picture"}, {"type": "image_url", "image_url": {"url": DATA}}]
    see("text", lambda: said(lm("hello")))
    see("stream", lambda: streamed("hello"))
    see("parallel", both)
    see("structured", place)
    see("image", lambda: said(lm(messages=[{"role": "user", "content": picture}])))
    see_broken("broken", lambda: streamed("break please"))


def run_crewai():
    os.environ["CREWAI_DISABLE_TELEMETRY"] = "true"
    os.environ["OTEL_SDK_DISABLED"] = "true"
    os.environ["CREWAI_TRACING_ENABLED"] = "false"
    sys.stdout = sys.stderr  # it draws panels of what went wrong
    from crewai import LLM, Agent
    from crewai.tools import tool

    called = Weather()

    @tool("weather")
    def weather(city: str) -> str:
        """The weather in a city."""
        return called(city)

    # The prefix of the model names its client of OpenAI's dialect.
    llm = lambda **more: LLM(model="openai/" + MODEL, base_url=url + "/v1", api_key=key, max_retries=0, **more)  # noqa: E731

    def run(given):
        agent = Agent(role="r", goal="g", backstory="b", llm=llm(), tools=[weather], max_iter=4, verbose=False)
        return agent.kickoff(given).raw

    picture = [{"type": "text", "text": "see the picture"}, {"type": "image_url", "image_url": {"url": DATA}}]
    see("text", lambda: llm().call("hello"))
    see("stream", lambda: llm(stream=True).call("hello"))
    see("tools", lambda: run("call the tool"))
    see("parallel", lambda: called.both(lambda: run("call both")))
    see("structured", lambda: place_of(llm().call("as json", response_model=place_model())))
    see("image", lambda: llm().call([{"role": "user", "content": picture}]))
    see("thinking", lambda: run("think and call the tool twice"))
    see_broken("broken", lambda: llm(stream=True).call("break please"))


def place_of(answer):
    return json.loads(answer) if isinstance(answer, str) else answer.model_dump()


globals()["run_" + client.replace("-", "_")]()
print(json.dumps(result), file=sys.__stdout__)
