// Launches so many sessions, and says their ids.
import { client } from './harness.mjs';

for (let left = Number(process.argv[2]); left > 0; left--) {
  const { sessionId } = await client.launchSession({ query: `Question ${left}`, provider: 'ok' });
  console.log(sessionId);
}
