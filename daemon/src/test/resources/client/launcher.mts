// Launches so many sessions.
import { client } from './harness.mjs';

for (let left = Number(process.argv[2]); left > 0; left--) {
  await client.launchSession({ query: `Question ${left}`, provider: 'ok' });
}
