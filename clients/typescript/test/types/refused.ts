// What is refused: each line below a mark must not compile, and a mark without an error is an error itself.
import { type KnownAIProvider, PatchbayClient } from '@patchbay/client';

declare const client: PatchbayClient;

// @ts-expect-error: only the three are known
export const unknown: KnownAIProvider = 'groq';
// @ts-expect-error: a query is needed
void client.launchSession({ provider: 'groq' });
// @ts-expect-error: a provider is a text
void client.launchSession({ query: 'x', provider: 5 });
// @ts-expect-error: a field that is misspelled
void client.launchSession({ query: 'x', proxyBaseURL: 'https://x' });
// @ts-expect-error: a flag is no text
void client.updateSession('s', { proxyEnabled: 'true' });
// @ts-expect-error: a session holds no key
void client.getSession('s').then((session) => session.proxyApiKey);
// @ts-expect-error: no such filter
void client.listSessions({ filter: 'all' });
// @ts-expect-error: no such event
client.subscribeToEvents({ eventTypes: ['nothing'] }, { onMessage: () => {} });
