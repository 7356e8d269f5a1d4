// Says, a line each, whether it is connected and which events it is told, until it is ended.
import { PatchbayClient } from '@patchbay/client';

const [, , url, token, silence] = process.argv;
const client = new PatchbayClient({ baseUrl: url, token, silenceMs: silence === undefined ? undefined : Number(silence) });
client.subscribeToEvents(
  { lastEventId: '0', eventTypes: ['conversation_updated', 'session_status_changed'] },
  {
    onConnect: () => console.log('connected'),
    onDisconnect: (reason) => console.log('disconnected: ' + reason.message),
    onMessage: (event) => {
      console.log('event ' + event.id);
      if (event.type === 'session_status_changed' && event.data.newStatus === 'completed') {
        console.log('ended ' + event.data.sessionId);
      }
    },
  },
);
