import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/**
 * Runs a program to its end. Standard output goes to our standard error unless told otherwise, so that callers keep theirs clean.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 128 + 15 when a signal ended it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 2, 2], ...options });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 143));
  });
}

/**
 * Runs npm: the one that started us where there is one, so that Windows needs no shell.
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function npm(args, options = {}) {
  const cli = process.env['npm_execpath'] ?? '';
  if (basename(cli) === 'npm-cli.js') return run(process.execPath, [cli, ...args], options);
  return run('npm', args, { shell: process.platform === 'win32', ...options });
}
