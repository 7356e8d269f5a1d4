import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { PatchbayClient } from '../dist/esm/index.js';
import { once } from 'node:events';
import { collect, FakeDaemon, frame, session } from './fake-daemon.mjs';

const LIMIT = { timeout: 30_000 };
let fake;
let stop = () => {};

afterEach(async () => {
  stop();
  await fake.close();
});

/** Subscribes, and gives what was told until `done` says that it is enough. */
function subscribe(done, { filter = {}, options = {}, handlers = {} } = {}) {
  const told = [];
  return new Promise((resolve) => {
    const tell = (what) => {
      told.push(what);
      if (done(told)) {
        stop();
        resolve(told);
      }
    };
    const client = new PatchbayClient({ baseUrl: fake.url, token: 't', ...options });
    stop = client.subscribeToEvents(filter, {
      onMessage: (event) => tell(event),
      onConnect: () => tell('connect'),
      onDisconnect: (reason) => tell(`disconnect: ${reason.message}`),
      onError: (error) => tell(error),
      ...handlers,
    });
  });
}

const ids = (told) => told.filter((one) => one.id !== undefined).map((one) => Number(one.id));
const status = (id) => frame(id, 'session_status_changed', { session_id: 's1', old_status: 'starting', new_status: 'running' });

/** Answers with the events after the last one that the client names, and breaks off at places that a seed chooses. */
function cutting(events, seed) {
  let random = seed;
  return (request, response) => {
    const from = Number(request.headers['last-event-id'] ?? 0);
    fake.stream(response);
    const text = Array.from({ length: events - from }, (_, i) => {
      const id = from + i + 1;
      return (id % 7 === 0 ? frame(undefined, 'conversation_delta', { session_id: 's1', run_id: 'r1', sequence: 2, event_type: 'message', content: 'é漢' }) : '') + status(id);
    }).join('');
    const bytes = Buffer.from(text);
    random = (random * 1103515245 + 12345) % 2147483648;
    const cut = Math.min(bytes.length, 100_000 + (random % 200_000));
    response.write(bytes.subarray(0, cut), () => response.socket.destroySoon());
  };
}

describe('events', () => {
  it('are given up when they are silent, and their connection with them, whatever the collector took meanwhile', LIMIT, async () => {
    const left = [];
    fake = await FakeDaemon.start((_, response) => void left.push(once(fake.stream(response), 'close')));

    const end = new AbortController();
    const told = await new Promise((resolve) => {
      const all = [];
      const tell = (what) => {
        setTimeout(collect, 100);
        all.push(what);
        if (what === 'connect' && all.filter((one) => one === 'connect').length === 2) {
          setTimeout(() => resolve(all), 200);
        }
      };
      new PatchbayClient({ baseUrl: fake.url, token: 't', silenceMs: 500 }).subscribeToEvents(
        { signal: end.signal },
        {
          onMessage: () => undefined,
          onConnect: () => tell('connect'),
          onDisconnect: (reason) => tell(`disconnect: ${reason.message}`),
        },
      );
    });

    // Where the machine is busy, a connection may be as silent before it is there.
    const losses = told.slice(told.indexOf('connect') + 1, -1);
    assert.deepEqual([...new Set(losses)], ['disconnect: nothing came for 0.5 s']);
    await Promise.all(left.slice(0, -1));
    end.abort();
    await left.at(-1);
  });

  it('come each once and in order over a connection that is cut again and again', LIMIT, async () => {
    fake = await FakeDaemon.start();
    fake.answer = cutting(5000, 42);

    const told = await subscribe((all) => ids(all).at(-1) === 5000);

    assert.deepEqual(ids(told), Array.from({ length: 5000 }, (_, i) => i + 1));
    assert.ok(fake.requests.length > 3, 'it was never cut');
    const losses = told.filter((one) => typeof one === 'string' && one.startsWith('disconnect'));
    assert.equal(told.filter((one) => one === 'connect').length, losses.length + 1);
  });

  it('are asked for by type, session and run, with the token', LIMIT, async () => {
    fake = await FakeDaemon.start((_, response) => void fake.stream(response));

    await subscribe((all) => all.includes('connect'), {
      filter: { eventTypes: ['conversation_updated', 'provider_changed'], sessionId: 's1', runId: ['r1'], lastEventId: '7' },
    });

    const [request] = fake.requests;
    assert.equal(request.path, '/api/v1/stream/events?eventTypes=conversation_updated&eventTypes=provider_changed&sessionId=s1&runId=r1');
    assert.equal(request.headers['last-event-id'], '7');
    assert.equal(request.headers.authorization, 'Bearer t');
  });

  it('have names in camelCase, and an id only where they are kept', LIMIT, async () => {
    fake = await FakeDaemon.start((_, response) => {
      fake.stream(response).write(
        frame(undefined, 'conversation_delta', { session_id: 's1', run_id: 'r1', sequence: 2, event_type: 'message', content: 'a' }) +
          frame(3, 'session_settings_changed', { session_id: 's1', session: session() }),
      );
    });

    const [, delta, changed] = await subscribe((all) => all.length === 3);

    assert.equal('id' in delta, false);
    assert.deepEqual(delta.data, { sessionId: 's1', runId: 'r1', sequence: 2, eventType: 'message', content: 'a' });
    assert.equal(changed.id, '3');
    assert.equal(changed.data.session.hasApiKey, false);
  });

  it('are read from pieces of one byte, whatever ends a line', LIMIT, async () => {
    const text = '\uFEFFid: 1\r\ndata: {"type":"x",\r\ndata:"timestamp":"t","data":{"a":"é漢👩‍🚀"}}\r\n\r\n: comment\rid:2\revent: any\rdata: {"type":"y","data":{}}\r\r' + status(3);
    fake = await FakeDaemon.start(async (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const byte of Buffer.from(text)) {
        await new Promise((resolve) => response.write(Buffer.of(byte), resolve));
      }
    });

    const told = await subscribe((all) => ids(all).at(-1) === 3);

    assert.deepEqual(ids(told), [1, 2, 3]);
    assert.equal(told[1].data.a, 'é漢👩‍🚀');
  });

  it('are asked for again after silence, once', LIMIT, async (context) => {
    fake = await FakeDaemon.start((_, response) => void fake.stream(response).write(status(fake.requests.length)));
    const { now } = performance;
    context.after(() => (performance.now = now));

    const told = await subscribe((all) => {
      if (all.at(-1).id === '1') {
        // Only once the handler has returned: while it works silence means nothing.
        setImmediate(() => (performance.now = () => now.call(performance) + 46_000));
      }
      return ids(all).includes(2);
    });

    assert.deepEqual(told.map((one) => one.id ?? one), ['connect', '1', 'disconnect: nothing came for 45 s', 'connect', '2']);
    assert.equal(fake.requests[1].headers['last-event-id'], '1');
  });

  it('are asked for again at once after the machine slept', LIMIT, async (context) => {
    fake = await FakeDaemon.start((_, response) => void fake.stream(response).write(status(fake.requests.length)));
    const { now } = Date;
    context.after(() => (Date.now = now));

    const told = await subscribe((all) => {
      if (all.at(-1).id === '1') {
        Date.now = () => now() + 60_000;
      }
      return ids(all).includes(2);
    });

    assert.deepEqual(told.map((one) => one.id ?? one), ['connect', '1', 'disconnect: the machine slept', 'connect', '2']);
  });

  it('go on while comments come', LIMIT, async (context) => {
    // Each comment is 5 s later by the clock that the client reads, so that no pause of this machine decides.
    let clock = 0;
    const { now } = performance;
    performance.now = () => clock;
    let beat;
    context.after(() => {
      performance.now = now;
      clearInterval(beat);
    });
    fake = await FakeDaemon.start((_, response) => {
      const stream = fake.stream(response);
      beat = setInterval(() => {
        clock += 5_000;
        stream.write(clock === 200_000 ? status(1) : ': beat\n\n');
      }, 60);
    });

    const told = await subscribe((all) => ids(all).includes(1));

    assert.deepEqual(told.map((one) => one.id ?? one), ['connect', '1']);
  });

  it('are tried again until the daemon is there, and the loss is told once', LIMIT, async () => {
    fake = await FakeDaemon.start();
    const { port } = fake;
    await fake.close();
    let losses = 0;
    const client = new PatchbayClient({ baseUrl: `http://127.0.0.1:${port}`, token: 't' });

    const event = await new Promise((resolve) => {
      let started = false;
      stop = client.subscribeToEvents(
        {},
        {
          onMessage: resolve,
          onDisconnect: (reason) => {
            losses++;
            assert.equal(reason.code, 'unreachable');
            if (!started) {
              started = true;
              void FakeDaemon.start((_, response) => void fake.stream(response).write(status(1)), port).then((next) => (fake = next));
            }
          },
        },
      );
    });

    assert.equal(event.id, '1');
    assert.equal(losses, 1);
  });

  it('that may have been missed are told of as a reset', LIMIT, async () => {
    fake = await FakeDaemon.start((_, response) => {
      const stream = fake.stream(response);
      if (fake.requests.length === 1) {
        setImmediate(() => response.destroy());
      } else {
        stream.write(status(9));
      }
    });

    const told = await subscribe((all) => ids(all).includes(9));

    assert.deepEqual(told.map((one) => one.type ?? one).filter((one) => !one.startsWith('disconnect')), [
      'connect',
      'connect',
      'state_reset',
      'session_status_changed',
    ]);
  });

  it('end with the reason where the daemon refuses them', LIMIT, async () => {
    fake = await FakeDaemon.start(() => ({ status: 401, body: { error: { code: 'unauthorized', message: 'no such token' } } }));

    const told = await subscribe((all) => all.length === 1);

    assert.equal(told[0].message, 'no such token');
    assert.equal(told[0].status, 401);
    assert.equal(fake.requests.length, 1);
  });

  it('are tried again after a status that passes', LIMIT, async () => {
    fake = await FakeDaemon.start((_, response) => {
      if (fake.requests.length === 1) {
        return { status: 503, body: { error: { code: 'overloaded', message: 'too many' } } };
      }
      fake.stream(response).write(status(1));
      return undefined;
    });

    const told = await subscribe((all) => ids(all).includes(1));

    assert.deepEqual(told.map((one) => one.id ?? one), ['disconnect: too many', 'connect', '1']);
  });

  it('end where something else answers', LIMIT, async () => {
    fake = await FakeDaemon.start(() => ({ body: 'Welcome to nginx' }));

    const told = await subscribe((all) => all.length === 1);

    assert.match(told[0].message, /no stream of events, but text\/html/);
  });

  it('end with what a handler throws', LIMIT, async () => {
    fake = await FakeDaemon.start((_, response) => void fake.stream(response).write(status(1) + status(2)));
    let calls = 0;

    const told = await subscribe((all) => all.at(-1) instanceof Error, {
      handlers: {
        onMessage: async () => {
          calls++;
          throw new RangeError('mine');
        },
      },
    });

    assert.ok(told.at(-1) instanceof RangeError);
    assert.equal(calls, 1);
  });

  it('wait for the handler of the one before', LIMIT, async () => {
    fake = await FakeDaemon.start((_, response) => void fake.stream(response).write(status(1) + status(2) + status(3)));
    const order = [];

    await new Promise((resolve) => {
      stop = new PatchbayClient({ baseUrl: fake.url, token: 't' }).subscribeToEvents(
        {},
        {
          onMessage: async (event) => {
            order.push('begin ' + event.id);
            await new Promise((later) => setImmediate(later));
            order.push('end ' + event.id);
            if (event.id === '3') {
              resolve();
            }
          },
        },
      );
    });

    assert.deepEqual(order, ['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3']);
  });

  it('end with the signal or the function, and nothing is told afterwards', LIMIT, async () => {
    for (const way of ['signal', 'function', 'signal before']) {
      const giveUp = new AbortController();
      let closed;
      const left = new Promise((resolve) => (closed = resolve));
      fake = await FakeDaemon.start((_, response) => {
        response.on('close', closed);
        fake.stream(response).write(status(1) + status(2) + status(3));
      });
      const told = [];
      if (way === 'signal before') {
        giveUp.abort();
        closed();
      }
      const end = new PatchbayClient({ baseUrl: fake.url, token: 't' }).subscribeToEvents(
        { signal: giveUp.signal },
        {
          onMessage: (event) => {
            told.push(event.id);
            if (way === 'signal') {
              giveUp.abort();
            } else {
              end();
            }
          },
          onDisconnect: () => told.push('disconnect'),
          onError: () => told.push('error'),
        },
      );

      await left;
      await new Promise((resolve) => setImmediate(resolve));

      assert.deepEqual(told, way === 'signal before' ? [] : ['1'], way);
      if (way !== 'signal before') {
        assert.equal(fake.requests.length, 1);
      }
      if (way !== 'signal before') {
        await fake.close();
      }
    }
  });

  it('tell when a session has ended, also one that ended before', LIMIT, async () => {
    for (const endsAt of [1, 3]) {
      let looks = 0;
      fake = await FakeDaemon.start((request, response) => {
        if (request.path.startsWith('/api/v1/stream')) {
          fake.stream(response).write(status(1) + status(2) + status(3));
          return undefined;
        }
        looks++;
        return { body: { data: session({ status: looks < endsAt ? 'running' : 'failed' }) } };
      });

      const ended = await new PatchbayClient({ baseUrl: fake.url, token: 't' }).awaitSession('s1');

      assert.equal(ended.status, 'failed');
      assert.equal(looks, endsAt);
      if (endsAt === 1) {
        await fake.close();
      }
    }
  });

  it('that wait for the end of a session end with the signal, or with what the daemon says', LIMIT, async () => {
    fake = await FakeDaemon.start((request, response) =>
      request.path.startsWith('/api/v1/stream')
        ? void fake.stream(response)
        : request.path.endsWith('/none')
          ? { status: 404, body: { error: { code: 'not_found', message: 'there is none' } } }
          : { body: { data: session() } },
    );
    const client = new PatchbayClient({ baseUrl: fake.url, token: 't' });
    const giveUp = new AbortController();

    await assert.rejects(client.awaitSession('none'), /there is none/);
    const waiting = client.awaitSession('s1', { signal: giveUp.signal });
    giveUp.abort(new Error('enough'));

    await assert.rejects(waiting, /enough/);
  });
});
