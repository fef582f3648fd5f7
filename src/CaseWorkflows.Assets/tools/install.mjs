// Fetches the npm packages once per lock file: `node tools/install.mjs`, called by the build.
// The stamp holds the hash of the lock file and the platform, so that a checkout with another lock file, or a folder
// copied from another kind of machine, is fetched anew; a lock keeps parallel builds from doing it twice.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linkPostgres } from './link-postgres.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const nodeModules = join(root, 'node_modules');
const stamp = join(nodeModules, '.stamp');
const lock = join(root, 'obj', 'npm.lock');
const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  .update(`${process.platform}-${process.arch}`).digest('hex');

const sleep = ms => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const isFetched = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

function isAlive(pid) {
  try { process.kill(pid, 0); return true; } catch (e) { return e.code === 'EPERM'; }
}

/** True when the lock's owner is gone. A lock without a number is one being written, unless it is old. */
function isStale() {
  try {
    const pid = Number(readFileSync(join(lock, 'pid'), 'utf8'));
    return !isAlive(pid);
  } catch {
    try { return Date.now() - statSync(lock).mtimeMs > 10_000; } catch { return false; }
  }
}

function takeLock() {
  mkdirSync(dirname(lock), { recursive: true });
  for (const until = Date.now() + 600_000; ;) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return;
    } catch (e) {
      if (e.code !== 'EEXIST') throw e;
      if (isStale()) rmSync(lock, { recursive: true, force: true });
      else if (Date.now() > until) throw new Error(`Another build holds ${lock}; remove it if no build is running.`);
      else sleep(200);
    }
  }
}

function touch() {
  const now = new Date();
  utimesSync(stamp, now, now);   // the build compares times before it calls this script
}

if (isFetched()) {
  touch();
} else {
  takeLock();
  try {
    if (isFetched()) {
      touch();
    } else {
      const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
      const run = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'],
        { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
      if (run.error || run.status !== 0) {
        console.error('npm ci failed. The build takes PostgreSQL, Elsa Studio and the layout library from npm: '
          + 'check that npm 10 or later is installed and that the registry in `npm config get registry` can be reached.');
        process.exitCode = 1;
      } else {
        linkPostgres(nodeModules);
        writeFileSync(stamp, wanted);
      }
    }
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
