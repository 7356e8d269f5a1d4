// Plays both SDKs against a gateway, and prints what they made of it as one JSON object.
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

const gateway = process.argv[2];
const key = process.argv[3];
const anthropic = new Anthropic({ baseURL: gateway, apiKey: key, maxRetries: 0 });
const openai = new OpenAI({ baseURL: gateway + '/v1', apiKey: key, maxRetries: 0 });
const tool = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const say = (text) => [{ role: 'user', content: text }];
const result = {};

async function attempt(name, run) {
  try {
    result[name] = await run();
  } catch (error) {
    result[name] = { failed: error.constructor.name, status: error.status, message: String(error.message) };
  }
}

await attempt('anthropicChat', async () => {
  const answer = await anthropic.messages.create({ model: 'm', max_tokens: 64, messages: say('hello') });
  return { text: answer.content[0].text, stop: answer.stop_reason, output: answer.usage.output_tokens };
});
await attempt('anthropicStream', async () => {
  const stream = anthropic.messages.stream({ model: 'm', max_tokens: 64, messages: say('hello') });
  const answer = await stream.finalMessage();
  return { text: answer.content[0].text, stop: answer.stop_reason };
});
await attempt('anthropicTools', async () => {
  const stream = anthropic.messages.stream({
    model: 'm',
    max_tokens: 64,
    messages: say('call the tool'),
    tools: [{ name: 'weather', input_schema: tool }],
  });
  const call = (await stream.finalMessage()).content.find((block) => block.type === 'tool_use');
  return { name: call.name, input: call.input };
});
await attempt('anthropicError', () =>
  anthropic.messages.create({ model: 'm', max_tokens: 64, messages: say('fail please') }));
await attempt('anthropicCount', () =>
  anthropic.messages.countTokens({ model: 'm', messages: say('hello') }));
await attempt('anthropicModels', async () => (await anthropic.models.list()).data.map((model) => model.id));

await attempt('openaiChat', async () => {
  const answer = await openai.chat.completions.create({ model: 'm', messages: say('hello') });
  return { text: answer.choices[0].message.content, finish: answer.choices[0].finish_reason };
});
await attempt('openaiStream', async () => {
  const stream = openai.chat.completions.stream({
    model: 'm',
    messages: say('hello'),
    stream_options: { include_usage: true },
  });
  const answer = await stream.finalChatCompletion();
  return { text: answer.choices[0].message.content, tokens: answer.usage.total_tokens };
});
await attempt('openaiTools', async () => {
  const stream = openai.chat.completions.stream({
    model: 'm',
    messages: say('call the tool'),
    tools: [{ type: 'function', function: { name: 'weather', parameters: tool } }],
  });
  const call = (await stream.finalChatCompletion()).choices[0].message.tool_calls[0];
  return { name: call.function.name, input: JSON.parse(call.function.arguments) };
});
await attempt('openaiError', () => openai.chat.completions.create({ model: 'm', messages: say('fail please') }));
await attempt('openaiResponses', async () => {
  const stream = await openai.responses.create({ model: 'm', input: 'hello', stream: true });
  const types = [];
  for await (const event of stream) types.push(event.type);
  return types.at(-1);
});
await attempt('openaiModels', async () => (await openai.models.list()).data.map((model) => model.id));

console.log(JSON.stringify(result));
