import { hostname, machine, platform } from 'node:os';
import { describe, expect, it } from 'vitest';
import { readHostFacts } from '../../../main/host-facts.ts';

describe('what C1 is told of this computer', () => {
  const facts = readHostFacts({ hostId: 'host-1', version: '0.1.0', runtime: 'node 24.1.0' });

  it('is the installation, the program and the runtime', () => {
    expect(facts).toMatchObject({
      hostId: 'host-1',
      packageName: 'c1-xero',
      packageVersion: '0.1.0',
      langVersion: 'node 24.1.0',
      hostname: hostname(),
    });
  });

  it('names systems and processors as the official connectors do', () => {
    expect(facts.os).toBe(platform() === 'win32' ? 'windows' : platform());
    expect(facts.kernelArch).toBe(machine());
    expect(facts.kernelArch).not.toBe('x64');
    for (const name of [
      'platform',
      'platformVersion',
      'platformFamily',
      'kernelVersion',
    ] as const) {
      expect(facts[name]).not.toMatch(/^$|"/);
    }
  });
});
