import { readFileSync } from 'node:fs';
import { hostname, machine, platform, release } from 'node:os';
import type { HostFacts } from './c1/hello.ts';

export interface ProgramFacts {
  readonly hostId: string;
  readonly version: string;
  /** For example `electron 45.4.1` or `node 24.1.0`. */
  readonly runtime: string;
}

/** What C1 is told of this machine, under the names that its own connectors use (c1-protocol.md §4.3). */
export function readHostFacts(program: ProgramFacts): HostFacts {
  const osRelease = linuxRelease();
  const os = platform() === 'win32' ? 'windows' : platform();
  return {
    hostId: program.hostId,
    hostname: hostname(),
    os,
    platform: osRelease['ID'] ?? os,
    platformVersion: osRelease['VERSION_ID'] ?? release(),
    platformFamily: osRelease['ID_LIKE'] ?? osRelease['ID'] ?? os,
    kernelVersion: release(),
    kernelArch: machine(),
    virtualizationSystem: '',
    langVersion: program.runtime,
    packageName: 'c1-xero',
    packageVersion: program.version,
  };
}

/** `/etc/os-release` as names and values; empty elsewhere than on Linux. */
function linuxRelease(): Readonly<Record<string, string>> {
  if (platform() !== 'linux') return {};
  try {
    const lines = readFileSync('/etc/os-release', 'utf8').split('\n');
    return Object.fromEntries(
      lines.flatMap((line) => {
        const [, name, value] = /^(\w+)="?([^"]*)"?$/.exec(line) ?? [];
        return name === undefined || value === undefined ? [] : [[name, value]];
      }),
    );
  } catch {
    return {};
  }
}
