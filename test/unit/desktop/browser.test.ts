import { beforeEach, describe, expect, it, vi } from 'vitest';
import { failureOf, valueOf } from '../results.ts';

const shell = vi.hoisted(() => ({ opened: [] as string[], fault: null as Error | null }));

vi.mock('electron', () => ({
  shell: {
    openExternal: (address: string) => {
      if (shell.fault !== null) return Promise.reject(shell.fault);
      shell.opened.push(address);
      return Promise.resolve();
    },
  },
}));

const { SystemBrowser } = await import('../../../main/desktop/browser.ts');

const browser = new SystemBrowser(({ origin }) => origin === 'https://login.xero.com');

beforeEach(() => {
  shell.opened = [];
  shell.fault = null;
});

describe('the system’s browser', () => {
  it('is sent to an address of ours', async () => {
    valueOf(await browser.open('https://login.xero.com/identity?state=s'));
    expect(shell.opened).toEqual(['https://login.xero.com/identity?state=s']);
  });

  it.each(['https://evil.example/', 'file:///etc/passwd', 'javascript:alert(1)', 'not an address'])(
    'isn’t sent to %s',
    async (address) => {
      expect(failureOf(await browser.open(address)).code).toBe('browserUnavailable');
      expect(shell.opened).toEqual([]);
    },
  );

  it('leaves the address to be copied when none can be opened', async () => {
    shell.fault = new Error('no application is registered');
    expect(failureOf(await browser.open('https://login.xero.com/'))).toMatchObject({
      code: 'browserUnavailable',
      next: 'copyAddress',
    });
  });
});
