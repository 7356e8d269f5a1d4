// What surrounds a snippet of the document: a client that finds the daemon by itself, and a look at what came of it.
import { PatchbayClient, type Session } from '@patchbay/client';

export const client = new PatchbayClient();

/** The session that was active last, once it has ended. */
export async function lastSession(): Promise<Session> {
  const { data } = await client.listSessions();
  return client.awaitSession(data[0]!.id);
}

/** Prints, for whoever started this. */
export async function report(session: Session): Promise<void> {
  const messages = await client.getMessages(session.id);
  console.log(JSON.stringify({ session, messages }));
}
