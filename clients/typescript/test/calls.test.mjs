import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { PatchbayClient, PatchbayError } from '../dist/esm/index.js';
import { collect, FakeDaemon, session } from './fake-daemon.mjs';

const VARIABLES = ['PATCHBAY_TOKEN', 'PATCHBAY_URL', 'PATCHBAY_HOME', 'XDG_CONFIG_HOME', 'HOME'];
const before = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));
const home = mkdtempSync(join(tmpdir(), 'client-'));
let fake;
let client;

beforeEach(async () => {
  VARIABLES.forEach((name) => delete process.env[name]);
  process.env.PATCHBAY_HOME = home;
  fake = await FakeDaemon.start();
  client = new PatchbayClient({ baseUrl: fake.url, token: 't0ken' });
});

afterEach(async () => {
  for (const name of VARIABLES) {
    if (before[name] === undefined) {
      delete process.env[name];
    } else {
      process.env[name] = before[name];
    }
  }
  rmSync(join(home, 'daemon.json'), { force: true });
  rmSync(join(home, 'token'), { force: true });
  await fake.close();
});

after(() => rmSync(home, { recursive: true, force: true }));

/** What a promise is rejected with. */
async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.fail('it did not fail');
}

describe('a call', () => {
  it('says which setting cannot be used, and quotes no token', async () => {
    const launch = { query: 'Hello', provider: 'p', model: 'm' };
    const token = await failure(new PatchbayClient({ baseUrl: fake.url, token: 'canary\ny' }).listSessions());
    const key = await failure(client.launchSession(launch, { idempotencyKey: 'canary\ny' }));
    const url = await failure(new PatchbayClient({ baseUrl: 'not a url' }).listSessions());

    assert.deepEqual([token, key, url].map((error) => [error.code, error.message]), [
      ['bad_request', 'the token holds a character that no header can hold'],
      ['bad_request', 'idempotency-key holds a character that no header can hold'],
      ['bad_request', 'the base URL of the daemon is no URL'],
    ]);
    assert.ok(![token, key, url].some((error) => inspect(error).includes('canary')));
    assert.equal(fake.requests.length, 0);
  });

  it('launches with the names of the contract, and gives the ids', async () => {
    fake.answer = () => ({ status: 201, body: { data: { session_id: 's1', run_id: 'r1' } } });

    const launched = await client.launchSession(
      {
        query: 'Hello',
        provider: 'my-custom-provider',
        model: 'my-model',
        proxyEnabled: true,
        proxyBaseUrl: 'https://api.my-provider.com/v1',
        proxyApiKey: 'key',
        proxyModelOverride: undefined,
        attachments: [{ name: 'a.png', mediaType: 'image/png', data: 'AA==' }],
        options: { topP: 0.5 },
        outputSchema: { properties: { aName: { type: 'string' } } },
      },
      { idempotencyKey: 'once' },
    );

    assert.deepEqual(launched, { sessionId: 's1', runId: 'r1' });
    const [request] = fake.requests;
    assert.equal(request.method + ' ' + request.path, 'POST /api/v1/sessions');
    assert.equal(request.headers.authorization, 'Bearer t0ken');
    assert.equal(request.headers['idempotency-key'], 'once');
    assert.equal(request.headers['content-type'], 'application/json');
    assert.deepEqual(request.body, {
      query: 'Hello',
      provider: 'my-custom-provider',
      model: 'my-model',
      proxy_enabled: true,
      proxy_base_url: 'https://api.my-provider.com/v1',
      proxy_api_key: 'key',
      attachments: [{ name: 'a.png', media_type: 'image/png', data: 'AA==' }],
      options: { topP: 0.5 },
      output_schema: { properties: { aName: { type: 'string' } } },
    });
  });

  it('gives a session with names in camelCase at every depth', async () => {
    const error = { provider: 'groq', type: 'rate_limit', message: 'slow down' };
    fake.answer = () => ({ body: { data: session({ error, fallbacks: [error], cache_read_input_tokens: 3 }) } });

    const shown = await client.getSession('a/b');

    assert.equal(fake.requests[0].path, '/api/v1/sessions/a%2Fb');
    assert.equal(shown.runId, 'r1');
    assert.equal(shown.hasApiKey, false);
    assert.equal(shown.cacheReadInputTokens, 3);
    assert.deepEqual(shown.error, error);
    assert.deepEqual(shown.fallbacks, [error]);
  });

  it('updates, and clears with null', async () => {
    fake.answer = () => ({ body: { data: session({ title: 'New' }) } });

    const updated = await client.updateSession('s1', { proxyEnabled: false, proxyBaseUrl: null, title: 'New' });

    assert.equal(fake.requests[0].method + ' ' + fake.requests[0].path, 'PATCH /api/v1/sessions/s1');
    assert.deepEqual(fake.requests[0].body, { proxy_enabled: false, proxy_base_url: null, title: 'New' });
    assert.equal(updated.title, 'New');
  });

  it('continues, interrupts, lists and shows the conversation', async () => {
    const piece = { id: 's1:1', session_id: 's1', sequence: 1, event_type: 'message', role: 'user', is_completed: true };
    const replies = {
      'POST /api/v1/sessions/s1/continue': { data: { session_id: 's2', run_id: 'r2', claude_session_id: '', parent_session_id: 's1' } },
      'POST /api/v1/sessions/s1/interrupt': { data: { success: true, session_id: 's1', status: 'interrupting' } },
      'GET /api/v1/sessions?leavesOnly=false&filter=archived&limit=5&cursor=c+1': {
        data: [session()],
        counts: { normal: 1, archived: 2, draft: 3 },
        next_cursor: 'n',
      },
      'GET /api/v1/sessions/s1/messages': { data: [piece] },
    };
    fake.answer = (request) => ({ body: replies[`${request.method} ${request.path}`] });

    const continued = await client.continueSession('s1', { query: 'And?' });
    const interrupted = await client.interruptSession('s1');
    const list = await client.listSessions({ leavesOnly: false, filter: 'archived', limit: 5, cursor: 'c 1' });
    const messages = await client.getMessages('s1');

    assert.equal(continued.sessionId + continued.parentSessionId, 's2s1');
    assert.deepEqual(interrupted, { success: true, sessionId: 's1', status: 'interrupting' });
    assert.equal(fake.requests[1].body, undefined);
    assert.deepEqual(list.counts, { normal: 1, archived: 2, draft: 3 });
    assert.equal(list.nextCursor, 'n');
    assert.equal(list.data[0].id, 's1');
    assert.equal(messages[0].eventType, 'message');
  });

  it('takes a base URL that already ends with the path of the API', async () => {
    fake.answer = () => ({ body: { data: session() } });

    await new PatchbayClient({ baseUrl: fake.url + '/api/v1/', token: 't' }).getSession('s1');

    assert.equal(fake.requests[0].path, '/api/v1/sessions/s1');
  });

  it('never lets an id lead to another path', async () => {
    for (const id of ['', '.', '..']) {
      assert.equal((await failure(client.getSession(id))).code, 'bad_request');
    }
    assert.equal(fake.requests.length, 0);
  });
});

describe('an error', () => {
  it('has the words, status, fields and help of the daemon', async () => {
    fake.answer = () => ({
      status: 422,
      body: {
        error: {
          code: 'invalid_request',
          message: 'proxy_base_url is missing',
          fields: { proxy_base_url: 'is missing' },
          help: 'name it',
        },
      },
    });

    const error = await failure(client.launchSession({ query: 'Hello', provider: 'groq' }));

    assert.ok(error instanceof PatchbayError && error instanceof Error);
    assert.equal(error.message, 'proxy_base_url is missing');
    assert.equal(error.status, 422);
    assert.equal(error.code, 'invalid_request');
    assert.deepEqual(error.fields, { proxyBaseUrl: 'is missing' });
    assert.equal(error.help, 'name it');
  });

  it('shows the first line of what is no JSON', async () => {
    fake.answer = () => ({ status: 502, body: '\n<html><title>Bad Gateway</title>\n<p>nginx' });

    const error = await failure(client.getSession('s1'));

    assert.equal(error.message, 'HTTP 502: <html><title>Bad Gateway</title>');
    assert.equal(error.status, 502);
    assert.equal(error.code, 'http_502');
  });

  it('says so when a reply of success is no JSON', async () => {
    fake.answer = () => ({ body: 'Welcome to nginx' });

    const error = await failure(client.getSession('s1'));

    assert.equal(error.code, 'bad_reply');
    assert.match(error.message, /no JSON: Welcome to nginx$/);
  });

  it('names the address where no daemon is', async () => {
    const { url } = fake;
    await fake.close();

    const error = await failure(client.getSession('s1'));
    fake = await FakeDaemon.start();

    assert.equal(error.code, 'unreachable');
    assert.equal(error.status, undefined);
    assert.ok(error.message.startsWith(`cannot reach the daemon at ${url}: connect ECONNREFUSED`), error.message);
    assert.match(error.help, /patchbay daemon start/);
  });

  it('is a time-out where the daemon does not answer', async () => {
    fake.answer = () => undefined;

    const error = await failure(new PatchbayClient({ baseUrl: fake.url, token: 't', timeoutMs: 50 }).getSession('s1'));

    assert.equal(error.code, 'timeout');
    assert.match(error.message, /0.05 s/);
  });

  it('is a time-out where the reply does not end, whatever the collector took meanwhile', async () => {
    fake.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"data":');
      setTimeout(collect, 100);
    };

    const error = await failure(new PatchbayClient({ baseUrl: fake.url, token: 't', timeoutMs: 400 }).getSession('s1'));

    assert.equal(error.code, 'timeout');
  });

  it('is the reason of the caller who gave the call up', async () => {
    const giveUp = new AbortController();
    fake.answer = () => giveUp.abort(new Error('enough'));

    const error = await failure(client.getSession('s1', { signal: giveUp.signal }));

    assert.equal(error.message, 'enough');
  });

  it('never shows the token', async () => {
    await fake.close();

    const error = await failure(client.getSession('s1'));
    fake = await FakeDaemon.start();

    assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)} ${error.cause?.stack}`, /t0ken/);
    assert.doesNotMatch(JSON.stringify(client), /t0ken/);
  });
});

describe('the daemon', () => {
  it('is found by the environment', async () => {
    fake.answer = () => ({ body: { data: session() } });
    process.env.PATCHBAY_URL = fake.url;
    process.env.PATCHBAY_TOKEN = 'of-the-environment';

    await new PatchbayClient().getSession('s1');

    assert.equal(fake.requests[0].headers.authorization, 'Bearer of-the-environment');
  });

  it('is found by the files of the user, which are read again after a new start', async () => {
    const running = (id) => (request) =>
      request.path.endsWith('/health') ? { body: { status: 'ok', version: '1', id } } : { body: { data: session() } };
    const write = (id, daemon, token) => {
      writeFileSync(join(home, 'daemon.json'), JSON.stringify({ id, pid: 1, port: daemon.port, url: daemon.url }));
      writeFileSync(join(home, 'token'), token + '\n');
    };
    fake.answer = running('one');
    write('one', fake, 'first');
    const found = new PatchbayClient();
    await found.getSession('s1');
    const requests = fake.requests;
    await fake.close();
    fake = await FakeDaemon.start(running('two'));
    write('two', fake, 'second');

    await found.getSession('s1');

    assert.deepEqual(requests.map((request) => request.headers.authorization), [undefined, 'Bearer first']);
    assert.deepEqual(fake.requests.map((request) => request.headers.authorization), [undefined, 'Bearer second']);
  });

  it('gets a new token after it was changed', async () => {
    const tokens = [];
    process.env.PATCHBAY_URL = fake.url;
    writeFileSync(join(home, 'token'), 'old');
    fake.answer = (request) => {
      tokens.push(request.headers.authorization);
      writeFileSync(join(home, 'token'), 'new');
      return tokens.length === 2
        ? { status: 401, body: { error: { code: 'unauthorized', message: 'another token' } } }
        : { body: { data: session() } };
    };
    const found = new PatchbayClient();

    await found.getSession('s1');
    await found.getSession('s1');

    assert.deepEqual(tokens, ['Bearer old', 'Bearer old', 'Bearer new']);
  });

  it('is no stranger who answers at its port', async () => {
    fake.answer = () => ({ body: { status: 'ok', id: 'stranger' } });
    writeFileSync(join(home, 'daemon.json'), JSON.stringify({ id: 'ours', url: fake.url }));
    writeFileSync(join(home, 'token'), 'secret');

    const error = await failure(new PatchbayClient().getSession('s1'));

    assert.equal(error.code, 'unreachable');
    assert.match(error.message, /another program answers/);
    assert.ok(fake.requests.every((request) => request.headers.authorization === undefined));
  });

  it('of another machine is not shown the token of this one', async () => {
    writeFileSync(join(home, 'token'), 'secret');
    const seen = [];
    const fetch = async (url, init) => {
      seen.push(init.headers);
      return Response.json({ data: session() });
    };

    await new PatchbayClient({ baseUrl: 'http://example.test', fetch }).getSession('s1');

    assert.equal(seen[0].authorization, undefined);
  });
});

it('is there for CommonJS as well', () => {
  const script = `const { PatchbayClient, PatchbayError } = require('@patchbay/client');
    if (!(new PatchbayClient() instanceof PatchbayClient)) throw new Error();
    import('@patchbay/client').then((module) => console.log(typeof module.PatchbayClient, typeof PatchbayError));`;
  const here = fileURLToPath(new URL('..', import.meta.url));

  const out = execFileSync(process.execPath, ['--input-type=commonjs', '-e', script], { cwd: here, encoding: 'utf8' });

  assert.equal(out, 'function function\n');
});
