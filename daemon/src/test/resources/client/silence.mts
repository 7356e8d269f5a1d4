// Listens for as long as it is told to, and says whether that was one connection.
import { client } from './harness.mjs';

const told = { connects: 0, losses: [] as string[] };
const end = client.subscribeToEvents(
  {},
  {
    onConnect: () => void told.connects++,
    onDisconnect: (reason) => void told.losses.push(reason.message),
    onMessage: () => {},
  },
);
await new Promise((later) => setTimeout(later, Number(process.argv[2])));
end();
console.log(JSON.stringify(told));
