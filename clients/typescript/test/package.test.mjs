import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'package-'));
const tsc = join(here, 'node_modules', '.bin', 'tsc');
const installed = join(folder, 'node_modules', '@patchbay', 'client');

before(() => {
  // Without scripts: dist is what the other tests of this run are reading.
  const packed = JSON.parse(
    execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: here, encoding: 'utf8' }),
  );
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, packed[0].filename), '-C', installed, '--strip-components=1']);
});

after(() => rmSync(folder, { recursive: true, force: true }));

function compile(file, ...options) {
  return spawnSync(tsc, ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2023,dom', '--types', '', ...options, file], {
    cwd: folder,
    encoding: 'utf8',
  });
}

describe('the package', () => {
  it('holds the client twice, its types, its source and the licence, and needs nothing', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    for (const file of ['esm/index.js', 'esm/index.d.ts', 'cjs/index.js', 'cjs/index.d.ts', 'cjs/package.json']) {
      assert.ok(readFileSync(join(installed, 'dist', file)).length > 0, file);
    }
    assert.ok(readFileSync(join(installed, 'src', 'index.ts')).length > 0);
    assert.match(readFileSync(join(installed, 'LICENSE'), 'utf8'), /Apache License/);
    assert.match(readFileSync(join(installed, 'README.md'), 'utf8'), /PatchbayClient/);
    assert.equal(manifest.dependencies, undefined);
    assert.equal(manifest.peerDependencies, undefined);
  });

  it('is imported as an ES module and required as CommonJS', () => {
    writeFileSync(join(folder, 'a.mjs'), "import { PatchbayClient } from '@patchbay/client'; console.log(typeof PatchbayClient);");
    writeFileSync(join(folder, 'b.cjs'), "console.log(typeof require('@patchbay/client').PatchbayClient);");
    for (const script of ['a.mjs', 'b.cjs']) {
      assert.equal(execFileSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' }), 'function\n');
    }
  });

  for (const [name, ...options] of [
    ['accepted.mts', '--module', 'nodenext'],
    ['accepted.cts', '--module', 'nodenext'],
    ['accepted.ts', '--module', 'esnext', '--moduleResolution', 'bundler'],
    ['accepted.ts', '--module', 'nodenext', '--exactOptionalPropertyTypes'],
    ['refused.ts', '--module', 'nodenext'],
  ]) {
    it(`has types for the strict compiler: ${name} ${options.join(' ')}`, () => {
      copyFileSync(join(here, 'test', 'types', name.replace(/[mc]ts$/, 'ts')), join(folder, name));

      const compiled = compile(name, ...options);

      assert.equal(compiled.stdout, '');
      assert.equal(compiled.status, 0);
    });
  }
});
