// Plays one client library against a gateway: node matrix.mjs CLIENT URL KEY. Prints what it saw as one JSON object.
const [client, url, key] = process.argv.slice(2);
const MODEL = 'wire-model';
const IMAGE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const city = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
const place = {
  type: 'object',
  properties: { city: { type: 'string' }, note: { type: ['string', 'null'] } },
  required: ['city', 'note'],
  additionalProperties: false,
};
const result = {};

async function see(name, run) {
  try {
    result[name] = await run();
  } catch (error) {
    result[name] = `failed: ${error.constructor.name}: ${String(error.message).slice(0, 300)}`;
  }
}

/** An answer that broke must not be taken for a whole one. */
async function seeBroken(name, run) {
  try {
    result[name] = `taken for whole: ${JSON.stringify(await run())}`;
  } catch (error) {
    result[name] = 'an error';
  }
}

const clients = {
  async 'openai-chat'() {
    const { default: OpenAI } = await import('openai');
    const api = new OpenAI({ baseURL: url + '/v1', apiKey: key, maxRetries: 0 });
    const tools = [{ type: 'function', function: { name: 'weather', parameters: city } }];
    const ask = (messages, more) => api.chat.completions.create({ model: MODEL, messages, ...more });
    const user = (content) => [{ role: 'user', content }];
    const loop = async (text, turns) => {
      const messages = user(text);
      for (let turn = 0; turn < turns; turn++) {
        const answer = (await ask(messages, { tools })).choices[0].message;
        messages.push(answer);
        for (const call of answer.tool_calls ?? []) {
          messages.push({ role: 'tool', tool_call_id: call.id, content: 'sunny in ' + JSON.parse(call.function.arguments).city });
        }
      }
      return (await ask(messages, { tools })).choices[0].message.content;
    };
    await see('text', async () => (await ask(user('hello'))).choices[0].message.content);
    await see('stream', async () =>
      (await api.chat.completions.stream({ model: MODEL, messages: user('hello') }).finalChatCompletion()).choices[0].message.content);
    await see('tools', () => loop('call the tool', 1));
    await see('parallel', async () =>
      (await api.chat.completions.stream({ model: MODEL, messages: user('call both'), tools }).finalChatCompletion()).choices[0].message.tool_calls
        .map((call) => JSON.parse(call.function.arguments).city).join());
    await see('structured', async () =>
      JSON.parse((await ask(user('as json'), { response_format: { type: 'json_schema', json_schema: { name: 'place', strict: true, schema: place } } })).choices[0].message.content));
    await see('image', async () =>
      (await ask(user([{ type: 'text', text: 'see the picture' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,' + IMAGE } }]))).choices[0].message.content);
    await see('thinking', () => loop('think and call the tool', 2));
    await seeBroken('broken', async () =>
      (await api.chat.completions.stream({ model: MODEL, messages: user('break please') }).finalChatCompletion()).choices[0].message.content);
  },

  async 'openai-responses'() {
    const { default: OpenAI } = await import('openai');
    const api = new OpenAI({ baseURL: url + '/v1', apiKey: key, maxRetries: 0 });
    const tools = [{ type: 'function', name: 'weather', parameters: city, strict: true }];
    const ask = (input, more) => api.responses.create({ model: MODEL, input, store: false, ...more });
    const stream = async (input, more) => api.responses.stream({ model: MODEL, input, ...more }).finalResponse();
    const loop = async (text, turns) => {
      const input = [{ role: 'user', content: text }];
      for (let turn = 0; turn < turns; turn++) {
        const answer = await ask(input, { tools, include: ['reasoning.encrypted_content'] });
        input.push(...answer.output);
        for (const call of answer.output.filter((item) => item.type === 'function_call')) {
          input.push({ type: 'function_call_output', call_id: call.call_id, output: 'sunny in ' + JSON.parse(call.arguments).city });
        }
      }
      return (await ask(input, { tools })).output_text;
    };
    await see('text', async () => (await ask('hello')).output_text);
    await see('stream', async () => (await stream('hello')).output_text);
    await see('tools', () => loop('call the tool', 1));
    await see('parallel', async () =>
      (await stream('call both', { tools })).output.filter((item) => item.type === 'function_call').map((call) => JSON.parse(call.arguments).city).join());
    await see('structured', async () =>
      JSON.parse((await ask('as json', { text: { format: { type: 'json_schema', name: 'place', strict: true, schema: place } } })).output_text));
    await see('image', async () =>
      (await ask([{ role: 'user', content: [{ type: 'input_text', text: 'see the picture' }, { type: 'input_image', image_url: 'data:image/png;base64,' + IMAGE }] }])).output_text);
    await see('thinking', () => loop('think and call the tool', 2));
    await seeBroken('broken', async () => (await stream('break please')).output_text);
  },

  async anthropic() {
    const { default: Anthropic } = await import('@anthropic-ai/sdk');
    const api = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 });
    const tools = [{ name: 'weather', input_schema: city }];
    const base = (messages, more) => ({ model: MODEL, max_tokens: 4096, messages, ...more });
    const user = (content) => [{ role: 'user', content }];
    const text = (answer) => answer.content.filter((block) => block.type === 'text').map((block) => block.text).join('');
    const loop = async (question, turns, more) => {
      const messages = user(question);
      for (let turn = 0; turn < turns; turn++) {
        const answer = await api.messages.stream(base(messages, { tools, ...more })).finalMessage();
        messages.push({ role: 'assistant', content: answer.content });
        messages.push({
          role: 'user',
          content: answer.content.filter((block) => block.type === 'tool_use')
            .map((call) => ({ type: 'tool_result', tool_use_id: call.id, content: 'sunny in ' + call.input.city })),
        });
      }
      return text(await api.messages.create(base(messages, { tools, ...more })));
    };
    await see('text', async () => text(await api.messages.create(base(user('hello')))));
    await see('stream', async () => text(await api.messages.stream(base(user('hello'))).finalMessage()));
    await see('tools', () => loop('call the tool', 1));
    await see('parallel', async () =>
      (await api.messages.stream(base(user('call both'), { tools })).finalMessage()).content
        .filter((block) => block.type === 'tool_use').map((call) => call.input.city).join());
    await see('structured', async () =>
      JSON.parse(text(await api.messages.create(base(user('as json'), { output_config: { format: { type: 'json_schema', schema: place } } })))));
    await see('image', async () =>
      text(await api.messages.create(base(user([{ type: 'text', text: 'see the picture' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: IMAGE } }])))));
    await see('thinking', () => loop('think and call the tool', 2, { thinking: { type: 'enabled', budget_tokens: 2000 } }));
    await seeBroken('broken', async () => text(await api.messages.stream(base(user('break please'))).finalMessage()));
  },

  'vercel-chat': () => vercel(async () => (await import('@ai-sdk/openai')).createOpenAI({ baseURL: url + '/v1', apiKey: key }).chat(MODEL)),
  'vercel-responses': () => vercel(async () => (await import('@ai-sdk/openai')).createOpenAI({ baseURL: url + '/v1', apiKey: key }).responses(MODEL)),
  'vercel-anthropic': () => vercel(async () => (await import('@ai-sdk/anthropic')).createAnthropic({ baseURL: url + '/v1', apiKey: key })(MODEL)),
  'vercel-compatible': () => vercel(async () =>
    (await import('@ai-sdk/openai-compatible')).createOpenAICompatible({ name: 'p', baseURL: url + '/v1', apiKey: key, supportsStructuredOutputs: true })(MODEL)),

  'langchain-openai': () => langchain(async (more) => {
    const { ChatOpenAI } = await import('@langchain/openai');
    return new ChatOpenAI({ model: MODEL, apiKey: key, maxRetries: 0, configuration: { baseURL: url + '/v1' }, ...more });
  }),
  'langchain-anthropic': () => langchain(async (more) => {
    const { ChatAnthropic } = await import('@langchain/anthropic');
    return new ChatAnthropic({ model: MODEL, apiKey: key, maxRetries: 0, anthropicApiUrl: url, ...more });
  }),

  async agents() {
    const { Agent, Runner, OpenAIProvider, tool, setTracingDisabled } = await import('@openai/agents');
    const { z } = await import('zod');
    setTracingDisabled(true);
    const runner = new Runner({ modelProvider: new OpenAIProvider({ apiKey: key, baseURL: url + '/v1', useResponses: true }) });
    const weather = tool({ name: 'weather', description: 'Weather.', parameters: z.object({ city: z.string() }), execute: ({ city }) => 'sunny in ' + city });
    const agent = new Agent({ name: 'a', model: MODEL, instructions: 'Be brief.', tools: [weather] });
    await see('text', async () => (await runner.run(agent, 'hello')).finalOutput);
    await see('stream', async () => {
      const run = await runner.run(agent, 'hello', { stream: true });
      await run.completed;
      return run.finalOutput;
    });
    await see('tools', async () => (await runner.run(agent, 'call the tool')).finalOutput);
    await see('parallel', async () => (await runner.run(agent, 'call both')).history.filter((item) => item.type === 'function_call').map((call) => JSON.parse(call.arguments).city).join());
    await see('structured', async () =>
      (await runner.run(new Agent({ name: 'a', model: MODEL, outputType: z.object({ city: z.string(), note: z.string().nullable() }) }), 'as json')).finalOutput);
    await see('image', async () =>
      (await runner.run(agent, [{ role: 'user', content: [{ type: 'input_text', text: 'see the picture' }, { type: 'input_image', image: 'data:image/png;base64,' + IMAGE }] }])).finalOutput);
    await see('thinking', async () => (await runner.run(agent, 'think and call the tool twice')).finalOutput);
    await seeBroken('broken', async () => {
      const run = await runner.run(agent, 'break please', { stream: true });
      await run.completed;
      if (run.error) throw run.error;
      return run.finalOutput;
    });
  },

  async 'claude-agent'() {
    const { query, tool, createSdkMcpServer } = await import('@anthropic-ai/claude-agent-sdk');
    const { z } = await import('zod');
    const { mkdtempSync } = await import('node:fs');
    const home = mkdtempSync('/tmp/claude-agent-');
    let asked = [];
    const weather = tool('weather', 'The weather in a city.', { city: z.string() }, async ({ city }) => {
      asked.push(city);
      return { content: [{ type: 'text', text: 'sunny in ' + city }] };
    });
    const env = {
      PATH: process.env.PATH, HOME: home, ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: key, IS_SANDBOX: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', CLAUDE_CODE_MAX_RETRIES: '1',
    };
    const messages = (prompt, more) => query({
      prompt,
      options: {
        model: MODEL, tools: [], cwd: home, settingSources: [], allowedTools: ['mcp__w__weather'], env,
        mcpServers: { w: createSdkMcpServer({ name: 'w', tools: [weather] }) }, ...more,
      },
    });
    const run = async (prompt, more) => {
      let last;
      for await (const message of messages(prompt, more)) last = message;
      if (last.is_error) throw new Error(last.result);
      return last;
    };
    async function* pictured() {
      yield { type: 'user', parent_tool_use_id: null, message: { role: 'user', content: [{ type: 'text', text: 'see the picture' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: IMAGE } }] } };
    }
    const streamed = async (prompt) => {
      let text = '';
      for await (const message of messages(prompt, { includePartialMessages: true })) {
        text += message.type === 'stream_event' ? message.event.delta?.text ?? '' : '';
      }
      return text;
    };
    await see('text', async () => (await run('hello')).result);
    await see('stream', () => streamed('hello'));
    await see('tools', async () => (await run('call the tool')).result);
    await see('parallel', async () => {
      asked = [];
      await run('call both');
      return asked.sort().reverse().join(); // both run at once
    });
    await see('structured', async () => (await run('as json', { outputFormat: { type: 'json_schema', schema: place } })).structured_output);
    await see('image', async () => (await run(pictured())).result);
    await see('thinking', async () => (await run('think and call the tool twice')).result);
    await seeBroken('broken', async () => {
      const said = (await run('break please')).result;
      if (said === 'Hello there and so on') throw new Error('it asked again without a stream, and got the whole answer');
      return said;
    });
  },
};

async function vercel(load) {
  const { generateText, streamText, tool, stepCountIs, Output, jsonSchema } = await import('ai');
  const model = await load();
  const tools = { weather: tool({ description: 'Weather.', inputSchema: jsonSchema(city), execute: ({ city }) => 'sunny in ' + city }) };
  const streamed = async (options) => {
    let text = '';
    for await (const part of streamText({ model, maxRetries: 0, onError: () => {}, ...options }).fullStream) {
      if (part.type === 'error') throw part.error instanceof Error ? part.error : new Error(JSON.stringify(part.error));
      if (part.type === 'text-delta') text += part.text;
    }
    return text;
  };
  await see('text', async () => (await generateText({ model, prompt: 'hello', maxRetries: 0 })).text);
  await see('stream', () => streamed({ prompt: 'hello' }));
  await see('tools', () => streamed({ prompt: 'call the tool', tools, stopWhen: stepCountIs(4) }));
  await see('parallel', async () =>
    (await generateText({ model, prompt: 'call both', tools, maxRetries: 0 })).toolCalls.map((call) => call.input.city).join());
  await see('structured', async () =>
    (await generateText({ model, prompt: 'as json', maxRetries: 0, output: Output.object({ schema: jsonSchema(place) }) })).output);
  await see('image', async () =>
    (await generateText({ model, maxRetries: 0, messages: [{ role: 'user', content: [{ type: 'text', text: 'see the picture' }, { type: 'image', image: Buffer.from(IMAGE, 'base64') }] }] })).text);
  await see('thinking', () => streamed({ prompt: 'think and call the tool twice', tools, stopWhen: stepCountIs(4) }));
  await seeBroken('broken', () => streamed({ prompt: 'break please' }));
}

async function langchain(load) {
  const { tool } = await import('@langchain/core/tools');
  const { HumanMessage, ToolMessage } = await import('@langchain/core/messages');
  const { concat } = await import('@langchain/core/utils/stream');
  const model = await load({});
  const weather = tool(({ city }) => 'sunny in ' + city, { name: 'weather', description: 'Weather.', schema: city });
  const armed = model.bindTools([weather]);
  const text = (message) => (typeof message.content === 'string' ? message.content : message.content.filter((part) => part.type === 'text').map((part) => part.text).join(''));
  const streamed = async (runnable, input) => {
    let all;
    for await (const part of await runnable.stream(input)) all = all === undefined ? part : concat(all, part);
    return all;
  };
  const loop = async (question, turns) => {
    const messages = [new HumanMessage(question)];
    for (let turn = 0; turn < turns; turn++) {
      const answer = await armed.invoke(messages);
      messages.push(answer);
      for (const call of answer.tool_calls) messages.push(new ToolMessage({ tool_call_id: call.id, content: 'sunny in ' + call.args.city }));
    }
    return text(await armed.invoke(messages));
  };
  await see('text', async () => text(await model.invoke('hello')));
  await see('stream', async () => text(await streamed(model, 'hello')));
  await see('tools', () => loop('call the tool', 1));
  await see('parallel', async () => (await streamed(armed, 'call both')).tool_calls.map((call) => call.args.city).join());
  await see('structured', async () => model.withStructuredOutput(place, { method: 'jsonSchema' }).invoke('as json'));
  await see('image', async () =>
    text(await model.invoke([new HumanMessage({ content: [{ type: 'text', text: 'see the picture' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,' + IMAGE } }] })])));
  await see('thinking', () => loop('think and call the tool', 2));
  await seeBroken('broken', async () => text(await streamed(model, 'break please')));
}

await clients[client]();
console.log(JSON.stringify(result));
process.exit(0);
