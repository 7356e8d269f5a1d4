"""A provider on loopback that answers as OpenAI chat and Anthropic Messages do; for scripts that run what the docs show."""

import http.server
import json
import threading
import time

DEFAULT = "Recursion is a function that calls itself, with a smaller problem each time, until one is small enough to answer at once."


class Upstream:
    """Serves until it is closed. `pace` is the pause between two words in seconds; `answers` maps a word of the question to an answer."""

    def __init__(self, pace=0.0, answers=None):
        upstream = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *arguments):
                pass

            def do_GET(self):
                self.send(200, {"object": "list", "data": [{"id": "qwen3:8b", "object": "model"}]})

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                request = json.loads(body or b"{}")
                text = upstream.answer(body.decode(errors="replace"))
                if self.path.endswith("/messages"):
                    self.messages(request, text)
                else:
                    self.chat(request, text)

            def chat(self, request, text):
                usage = {"prompt_tokens": 14, "completion_tokens": len(text.split()), "total_tokens": 14 + len(text.split())}
                head = {"id": "c", "object": "chat.completion", "created": 0, "model": request.get("model")}
                if not request.get("stream"):
                    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
                    self.send(200, {**head, "choices": [choice], "usage": usage})
                    return
                head["object"] = "chat.completion.chunk"
                self.begin()
                for word in upstream.words(text):
                    self.event({**head, "choices": [{"index": 0, "delta": {"content": word}}]})
                self.event({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "usage": usage})
                self.wfile.write(b"data: [DONE]\n\n")

            def messages(self, request, text):
                self.send(200, {
                    "id": "msg", "type": "message", "role": "assistant", "model": request.get("model"),
                    "content": [{"type": "text", "text": text}], "stop_reason": "end_turn",
                    "usage": {"input_tokens": 14, "output_tokens": len(text.split())}})

            def begin(self):
                self.close_connection = True
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("connection", "close")
                self.end_headers()

            def event(self, value):
                self.wfile.write(b"data: " + json.dumps(value).encode() + b"\n\n")
                self.wfile.flush()

            def send(self, status, value):
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.pace = pace
        self.answers = answers or {}
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = "http://127.0.0.1:%d/v1" % self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, request):
        found = [(request.rfind(word), text) for word, text in self.answers.items() if word in request]
        return max(found)[1] if found else DEFAULT

    def words(self, text):
        for i, word in enumerate(text.split(" ")):
            time.sleep(self.pace)
            yield word if i == 0 else " " + word

    def close(self):
        self.server.shutdown()


def home(folder, url):
    """Makes an empty home whose providers mistral and ollama are the upstream, so that nothing leaves this machine."""
    providers = folder / ".config" / "patchbay" / "providers"
    providers.mkdir(parents=True)
    (providers / "stand-ins.yaml").write_text(
        "providers:\n"
        "  mistral: {extends: \"preset:mistral\", baseUrl: \"%s\", apiKey: $MISTRAL_API_KEY,"
        " defaultModel: devstral-medium-latest}\n"
        "  ollama: {extends: \"preset:ollama\", baseUrl: \"%s\", auth: none, defaultModel: \"qwen3:8b\"}\n" % (url, url))
    programs = folder / ".local" / "bin"
    programs.mkdir(parents=True)
    for agent in ("claude", "codex"):
        program = programs / agent
        program.write_text(
            "#!/bin/sh\n[ \"${1:-}\" = --version ] && exit 0\n"
            "base=${ANTHROPIC_BASE_URL:-}\n[ -n \"$base\" ] || exit 0\n"
            "curl -sS \"$base/v1/messages\" -H \"x-api-key: ${ANTHROPIC_AUTH_TOKEN:-$ANTHROPIC_API_KEY}\""
            " -H 'content-type: application/json' -H 'anthropic-version: 2023-06-01'"
            " -d '{\"model\":\"claude\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}' >/dev/null\n")
        program.chmod(0o755)
