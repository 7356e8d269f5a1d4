// Launches with one proxy field missing, each time another one, and prints what the daemon said.
import { type LaunchRequest, PatchbayError } from '@patchbay/client';
import { client } from './harness.mjs';

const whole = (provider: string): LaunchRequest => ({
  query: 'Hello',
  provider,
  proxyEnabled: true,
  proxyBaseUrl: 'https://api.my-provider.com/v1',
  proxyApiKey: 'key',
  proxyModelOverride: 'my-model',
});
const refusals: Array<{ provider: string; missing: string; status: unknown; fields: string[]; message: string }> = [];
for (const provider of ['my-custom-provider', 'groq', 'mistral']) {
  for (const missing of ['proxyBaseUrl', 'proxyApiKey', 'proxyModelOverride'] as const) {
    try {
      await client.launchSession({ ...whole(provider), [missing]: undefined });
    } catch (error) {
      if (!(error instanceof PatchbayError)) throw error;
      refusals.push({ provider, missing, status: error.status, fields: Object.keys(error.fields ?? {}), message: error.message });
    }
  }
}
console.log(JSON.stringify(refusals));
