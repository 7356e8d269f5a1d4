// Listens for as long as it is told to, perhaps to a session of a provider that says nothing more, and says whether that was one
// connection.
import { client } from './harness.mjs';

const [, , milliseconds, provider] = process.argv;
const told = { connects: 0, losses: [] as string[], errors: [] as string[] };
const launched = provider === undefined ? undefined : await client.launchSession({ query: 'Think', provider });
const end = client.subscribeToEvents(launched === undefined ? {} : { sessionId: launched.sessionId }, {
  onConnect: () => void told.connects++,
  onDisconnect: (reason) => void told.losses.push(reason.message),
  onError: (error) => void told.errors.push(error.message),
  onMessage: () => {},
});
await new Promise((later) => setTimeout(later, Number(milliseconds)));
end();
if (launched !== undefined) {
  await client.interruptSession(launched.sessionId);
}
console.log(JSON.stringify(told));
