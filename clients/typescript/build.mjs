// Compiles the one source twice: as an ES module and as CommonJS.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const tsc = join(here, 'node_modules', '.bin', 'tsc');

rmSync(join(here, 'dist'), { recursive: true, force: true });
for (const [folder, module] of [['esm', 'ESNext'], ['cjs', 'CommonJS']]) {
  execFileSync(tsc, ['-p', here, '--module', module, '--outDir', join(here, 'dist', folder)], { stdio: 'inherit' });
}
// Without it Node would take the second for what the package says of itself, an ES module.
writeFileSync(join(here, 'dist', 'cjs', 'package.json'), '{"type":"commonjs"}\n');

const license = join(here, '..', '..', 'LICENSE');
if (existsSync(license)) {
  copyFileSync(license, join(here, 'LICENSE'));
}
