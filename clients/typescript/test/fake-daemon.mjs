// A daemon for tests of the client: what it answers is a function, and it keeps every request.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export class FakeDaemon {
  requests = [];
  #server;
  #streams = new Set();

  static async start(answer = () => undefined, port = 0) {
    const fake = new FakeDaemon();
    fake.answer = answer;
    fake.#server = createServer((request, response) => void fake.#handle(request, response));
    fake.#server.listen(port, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get port() {
    return this.#server.address().port;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  async #handle(request, response) {
    let body = '';
    for await (const part of request.setEncoding('utf8')) {
      body += part;
    }
    const seen = {
      method: request.method,
      path: request.url,
      headers: request.headers,
      body: body === '' ? undefined : JSON.parse(body),
    };
    this.requests.push(seen);
    const reply = await this.answer(seen, response);
    if (reply !== undefined) {
      const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
      const type = typeof reply.body === 'string' ? 'text/html' : 'application/json';
      response.writeHead(reply.status ?? 200, { 'content-type': type }).end(text);
    }
  }

  /** Opens a stream of events on a response. */
  stream(response) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.write(': here\n\n');
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
    return response;
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

setFlagsFromString('--expose-gc');
/** Lets go of whatever nothing holds: what works by chance works no more. */
export const collect = runInNewContext('gc');

/** The frame of an event. */
export function frame(id, type, data) {
  const line = JSON.stringify({ type, timestamp: '2026-01-31T12:00:00Z', data });
  return (id === undefined ? '' : `id: ${id}\n`) + `data: ${line}\n\n`;
}

/** The session of a reply. */
export function session(more = {}) {
  return {
    id: 's1',
    run_id: 'r1',
    status: 'running',
    query: 'Hello',
    created_at: '2026-01-31T12:00:00Z',
    last_activity_at: '2026-01-31T12:00:00Z',
    archived: false,
    proxy_enabled: false,
    has_api_key: false,
    fallbacks: [],
    ...more,
  };
}
