import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AutostartFile,
  autostartEntry,
  startsHidden,
  SystemLoginItem,
} from '../../../main/desktop/start-at-login.ts';
import { failureOf, valueOf } from '../results.ts';

const COMMAND = { path: '/opt/C1 Connector/c1-xero', args: ['--hidden'] };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autostart-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const exec = (path: string) =>
  /^Exec=(.*)$/m.exec(autostartEntry({ path, args: ['--hidden'] }))?.[1];

describe('the file that a Linux desktop starts at login', () => {
  it('comes whole, in a folder that it makes, and goes', async () => {
    const path = join(folder, 'config/autostart/app.desktop');
    const file = new AutostartFile(path, COMMAND);
    expect(await file.isOn()).toBe(false);
    valueOf(await file.set(true));
    expect(await file.isOn()).toBe(true);
    expect(await readFile(path, 'utf8')).toBe(
      [
        '[Desktop Entry]',
        'Type=Application',
        'Name=C1 Connector for Xero',
        'Comment=Keeps C1 up to date with who has access to Xero',
        'Exec="/opt/C1 Connector/c1-xero" "--hidden"',
        'Terminal=false',
        'X-GNOME-Autostart-enabled=true',
        '',
      ].join('\n'),
    );
    valueOf(await file.set(false));
    valueOf(await file.set(false));
    expect(await readdir(join(folder, 'config/autostart'))).toEqual([]);
  });

  it('quotes whatever a path may hold, and lets none of it become another key', () => {
    expect(exec('/a b/c')).toBe('"/a b/c" "--hidden"');
    expect(exec('/a"b')).toBe('"/a\\\\"b" "--hidden"');
    expect(exec('/a$b`c')).toBe('"/a\\\\$b\\\\`c" "--hidden"');
    expect(exec('/a\\b')).toBe('"/a\\\\\\\\b" "--hidden"');
    expect(exec('/100%')).toBe('"/100%%" "--hidden"');
    expect(autostartEntry({ path: '/a\nHidden=true', args: [] })).not.toMatch(/^Hidden/m);
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
    'counts as off where the desktop switched it off: %s',
    async (line) => {
      const path = join(folder, 'app.desktop');
      await writeFile(path, `[Desktop Entry]\n${line}\n`);
      expect(await new AutostartFile(path, COMMAND).isOn()).toBe(false);
    },
  );

  it('that can’t be written is a failure, and leaves nothing half done', async () => {
    const path = join(folder, 'app.desktop');
    await mkdir(path);
    expect(failureOf(await new AutostartFile(path, COMMAND).set(true)).code).toBe('diskFailed');
    expect(await readdir(folder)).toEqual(['app.desktop']);
  });
});

describe('the list of Windows and macOS', () => {
  it('is asked and told with the same command, hidden', async () => {
    const told: unknown[] = [];
    const app = {
      getLoginItemSettings: (options: unknown) => {
        told.push(options);
        return { openAtLogin: true };
      },
      setLoginItemSettings: (settings: unknown) => void told.push(settings),
    };
    const item = new SystemLoginItem(app as never, COMMAND);
    expect(await item.isOn()).toBe(true);
    valueOf(await item.set(false));
    expect(told).toEqual([COMMAND, { ...COMMAND, openAtLogin: false }]);
  });
});

describe('a start without the window', () => {
  const app = (wasOpenedAtLogin: boolean) => ({
    getLoginItemSettings: () => ({ wasOpenedAtLogin }) as never,
  });

  it('is told by the argument, or by macOS, which passes none', () => {
    expect(startsHidden(app(false), ['app', '--hidden'], 'win32')).toBe(true);
    expect(startsHidden(app(true), ['app'], 'darwin')).toBe(true);
  });

  it('is not what a person begins', () => {
    expect(startsHidden(app(false), ['app'], 'darwin')).toBe(false);
    expect(startsHidden(app(false), ['app'], 'linux')).toBe(false);
  });
});
