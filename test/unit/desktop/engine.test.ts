import { beforeEach, describe, expect, it, vi } from 'vitest';

const chromium = vi.hoisted(() => ({ switches: new Map<string, string>() }));

vi.mock('node:v8', () => ({ setFlagsFromString: () => undefined }));
vi.mock('electron', () => ({
  app: {
    commandLine: {
      getSwitchValue: (name: string) => chromium.switches.get(name) ?? '',
      appendSwitch: (name: string, value: string) => chromium.switches.set(name, value),
    },
  },
}));

const { tuneEngine } = await import('../../../main/desktop/engine.ts');

beforeEach(() => chromium.switches.clear());

describe('Chromium’s network service', () => {
  const features = () => chromium.switches.get('enable-features');

  it('needs no process of its own', () => {
    tuneEngine();
    expect(features()).toBe('NetworkServiceInProcess2');
  });

  it('leaves on what somebody has turned on', () => {
    chromium.switches.set('enable-features', 'WaylandWindowDecorations,Another');
    tuneEngine();
    expect(features()).toBe('WaylandWindowDecorations,Another,NetworkServiceInProcess2');
  });
});

it('V8 stays as it is in windows, whose frames are short with it', () => {
  tuneEngine();
  expect(chromium.switches.has('js-flags')).toBe(false);
});
