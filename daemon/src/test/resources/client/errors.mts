// What a user sees of errors, one line each.
import { PatchbayClient, PatchbayError } from '@patchbay/client';

const client = new PatchbayClient();
const { sessionId } = await client.launchSession({ query: 'Hello', provider: 'stall' });

async function failure(call: Promise<unknown>): Promise<void> {
  try {
    await call;
    console.log('nothing');
  } catch (error) {
    if (!(error instanceof PatchbayError)) throw error;
    console.log(`${error.status} ${error.code} ${Object.keys(error.fields ?? {})} | ${error.message}`);
  }
}

await failure(client.continueSession(sessionId, { query: 'And?' }));
await failure(client.launchSession({ query: ' ' }));
await failure(client.getSession('no-such-session'));
await failure(new PatchbayClient({ token: 'another' }).listSessions());
await client.interruptSession(sessionId);
console.log((await client.awaitSession(sessionId)).status);
