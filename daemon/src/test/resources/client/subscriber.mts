// Follows everything from the beginning until so many sessions have ended, over connections that are cut, and says what it was told.
import { PatchbayClient, type SessionStatus } from '@patchbay/client';

const [, , url, token, wanted] = process.argv;
const client = new PatchbayClient({ baseUrl: url, token });
const ended: ReadonlySet<SessionStatus> = new Set<SessionStatus>(['completed', 'failed', 'interrupted']);
const told = { ids: [] as number[], connects: 0, losses: 0, deltas: 0, deltasWithId: 0 };
let left = Number(wanted);
await new Promise<void>((done, failed) => {
  const end = client.subscribeToEvents(
    { lastEventId: '0' },
    {
      onConnect: () => void told.connects++,
      onDisconnect: () => void told.losses++,
      onError: failed,
      onMessage: (event) => {
        if (event.type === 'conversation_delta') {
          told.deltas++;
          told.deltasWithId += event.id === undefined ? 0 : 1;
          return;
        }
        told.ids.push(Number(event.id));
        if (event.type === 'session_status_changed' && ended.has(event.data.newStatus) && --left === 0) {
          end();
          done();
        }
      },
    },
  );
});
console.log(JSON.stringify(told));
