// What a user writes; the strict compiler takes all of it.
import {
  type AIProvider,
  type KnownAIProvider,
  PatchbayClient,
  PatchbayError,
  type Session,
  type StreamEvent,
} from '@patchbay/client';

const known: KnownAIProvider = 'openrouter';
const any: AIProvider[] = [known, 'my-custom-provider', 'a name with blanks'];
const unset: string | undefined = undefined;

export async function use(client: PatchbayClient): Promise<Session> {
  const { sessionId } = await client.launchSession({
    query: 'Hello world',
    provider: any[0],
    model: 'my-model',
    proxyEnabled: true,
    proxyBaseUrl: 'https://api.my-provider.com/v1',
    proxyApiKey: unset,
    proxyModelOverride: 'my-model',
    outputSchema: { type: 'object' },
  });
  await client.updateSession(sessionId, { proxyBaseUrl: null, provider: 'groq' });
  await client.continueSession(sessionId, { query: 'And?' });
  const session = await client.getSession(sessionId);
  const cost: number | null | undefined = session.costUsd;
  const hint: string | undefined = session.error?.hint;
  const page = await client.listSessions({ filter: 'normal' });
  const texts: Array<string | null | undefined> = (await client.getMessages(sessionId)).map((piece) => piece.content);
  const end: () => void = client.subscribeToEvents(
    { eventTypes: ['session_status_changed'], sessionId },
    { onMessage: (event) => void shown(event), onError: (error: Error) => error.message },
  );
  end();
  void [cost, hint, page.counts.normal, page.nextCursor, texts];
  return session;
}

function shown(event: StreamEvent): string {
  switch (event.type) {
    case 'session_status_changed':
      return event.data.newStatus;
    case 'conversation_updated':
      return event.data.content ?? '';
    case 'conversation_delta':
      return event.data.content;
    case 'session_settings_changed':
      return event.data.session.model ?? '';
    case 'provider_changed':
      return event.data.to;
    case 'state_reset':
      return event.data.reason ?? '';
  }
}

export const failed = (error: unknown): string =>
  error instanceof PatchbayError ? `${error.status} ${error.fields?.['proxyBaseUrl']}` : '';
