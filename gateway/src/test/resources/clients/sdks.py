"""Plays both SDKs against a gateway, as sdks.mjs does, and prints what they made of it as one JSON object."""
import json
import sys

from anthropic import Anthropic
from anthropic.types import Message, RawMessageStreamEvent
from openai import OpenAI
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai.types.responses import Response, ResponseStreamEvent
from pydantic import TypeAdapter

gateway, key = sys.argv[1:3]
anthropic = Anthropic(base_url=gateway, api_key=key, max_retries=0)
openai = OpenAI(base_url=gateway + "/v1", api_key=key, max_retries=0)
TOOL = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
result = {}


def say(text):
    return [{"role": "user", "content": text}]


def attempt(name, run):
    try:
        result[name] = run()
    except Exception as error:  # noqa: BLE001
        result[name] = {"failed": type(error).__name__, "message": str(error)}


def message(text, **more):
    return anthropic.messages.create(model="m", max_tokens=64, messages=say(text), **more)


def streamed_message(text, **more):
    with anthropic.messages.stream(model="m", max_tokens=64, messages=say(text), **more) as stream:
        return stream.get_final_message()


def completion(text, **more):
    return openai.chat.completions.create(model="m", messages=say(text), **more)


def streamed_completion(text, **more):
    with openai.chat.completions.stream(model="m", messages=say(text), **more) as stream:
        return stream.get_final_completion()


def anthropic_chat():
    answer = message("hello")
    return {"text": answer.content[0].text, "stop": answer.stop_reason, "output": answer.usage.output_tokens}


def anthropic_stream():
    answer = streamed_message("hello")
    return {"text": answer.content[0].text, "stop": answer.stop_reason}


def anthropic_tools():
    answer = streamed_message("call the tool", tools=[{"name": "weather", "input_schema": TOOL}])
    call = next(block for block in answer.content if block.type == "tool_use")
    return {"name": call.name, "input": call.input}


def openai_chat():
    choice = completion("hello").choices[0]
    return {"text": choice.message.content, "finish": choice.finish_reason}


def openai_stream():
    answer = streamed_completion("hello", stream_options={"include_usage": True})
    return {"text": answer.choices[0].message.content, "tokens": answer.usage.total_tokens}


def openai_tools():
    tools = [{"type": "function", "function": {"name": "weather", "strict": True, "parameters": TOOL}}]
    function = streamed_completion("call the tool", tools=tools).choices[0].message.tool_calls[0].function
    return {"name": function.name, "input": json.loads(function.arguments)}


def shapes(create, whole, piece):
    """What the types of an SDK, which builds whatever comes, find wrong where they are asked."""
    events = [event for text in ("hello", "call the tool") for event in create(text, stream=True)]
    answers = [create("hello"), create("call the tool")]
    for kind, sent in [(piece, event) for event in events] + [(whole, answer) for answer in answers]:
        TypeAdapter(kind).validate_python(sent.to_dict())
    return len(events) > 0


def response(text, **more):
    tools = [{"type": "function", "name": "weather", "parameters": TOOL, "strict": True}]
    return openai.responses.create(model="m", input=text, tools=tools, **more)


TOOLS = {"tools": [{"type": "function", "function": {"name": "weather", "parameters": TOOL}}]}
attempt("openaiShapes", lambda: shapes(lambda text, **more: completion(text, **TOOLS, **more), ChatCompletion, ChatCompletionChunk))
attempt("responsesShapes", lambda: shapes(response, Response, ResponseStreamEvent))
ANTHROPIC_TOOLS = {"tools": [{"name": "weather", "input_schema": TOOL}]}
attempt("anthropicShapes", lambda: shapes(lambda text, **more: message(text, **ANTHROPIC_TOOLS, **more), Message, RawMessageStreamEvent))
attempt("anthropicChat", anthropic_chat)
attempt("anthropicStream", anthropic_stream)
attempt("anthropicTools", anthropic_tools)
attempt("anthropicError", lambda: message("fail please"))
attempt("anthropicCount", lambda: {"input_tokens": anthropic.messages.count_tokens(model="m", messages=say("hello")).input_tokens})
attempt("anthropicModels", lambda: [model.id for model in anthropic.models.list()])
attempt("openaiChat", openai_chat)
attempt("openaiStream", openai_stream)
attempt("openaiTools", openai_tools)
attempt("openaiError", lambda: completion("fail please"))
attempt("openaiResponses", lambda: [event.type for event in openai.responses.create(model="m", input="hello", stream=True)][-1])
attempt("openaiModels", lambda: [model.id for model in openai.models.list()])

print(json.dumps(result))
