import { describe, expect, it } from 'vitest';
import { CaFileChoice } from '../../../main/connector/ca-file.ts';
import { defaultSettings } from '../../../main/connector/settings.ts';
import { StateHolder } from '../../../main/connector/state-holder.ts';
import { noCertificate } from '../../../main/certificate-authorities.ts';
import { fail, succeed } from '../../../shared/errors.ts';
import { failureOf, valueOf } from '../results.ts';
import { MemorySettings, settingsDiskFull } from './memory-settings.ts';
import { KeptHistory } from './kept-history.ts';
import { HARBOUR, snapshot } from './snapshots.ts';

const GOOD = '/ca.pem';
const TRUSTED = { kind: 'trusted', names: ['Harbour Root CA'], validUntil: 7 };

function choosing(chosen: string | null = null) {
  const settings = new MemorySettings({ ...defaultSettings(HARBOUR), caFile: chosen });
  const state = new StateHolder(snapshot());
  const seen = { trusted: 'nothing yet' as string | undefined, picked: GOOD as string | null };
  const authorities = {
    pick: () => Promise.resolve(seen.picked),
    read: (path: string) =>
      path === GOOD
        ? succeed({ pem: 'PEM', names: ['Harbour Root CA'], validUntil: 7 })
        : fail(noCertificate),
    trust: (pem: string | undefined) => (seen.trusted = pem),
  };
  const history = new KeptHistory();
  const caFile = new CaFileChoice({ authorities, settings, state, history });
  return { settings, state, seen, caFile, history };
}

describe('a file of certificate authorities', () => {
  it('that the admin chooses is trusted at once, shown, and remembered', async () => {
    const { settings, state, seen, caFile } = choosing();
    valueOf(await caFile.choose());
    expect(seen.trusted).toBe('PEM');
    expect(settings.read().caFile).toBe(GOOD);
    expect(state.snapshot.caFile).toEqual({ path: GOOD, state: TRUSTED });
    expect(JSON.stringify(state.snapshot)).not.toContain('PEM');
  });

  it('is trusted from the start after a restart', () => {
    const { state, seen, caFile } = choosing(GOOD);
    caFile.restore();
    expect(seen.trusted).toBe('PEM');
    expect(state.snapshot.caFile?.state).toEqual(TRUSTED);
  });

  it('that has gone bad meanwhile is told of, and stays chosen', () => {
    const { settings, state, seen, caFile } = choosing('/gone.pem');
    caFile.restore();
    expect(seen.trusted).toBe('nothing yet');
    expect(state.snapshot.caFile).toMatchObject({
      path: '/gone.pem',
      state: { kind: 'unusable', because: { code: 'caFileUnusable', next: 'chooseCaFile' } },
    });
    expect(settings.read().caFile).toBe('/gone.pem');
  });

  it.each<[string, string | null]>([
    ['holds no certificate', '/letter.txt'],
    ['wasn’t chosen after all', null],
  ])('that %s changes nothing', async (_what, picked) => {
    const { settings, state, seen, caFile } = choosing(GOOD);
    caFile.restore();
    seen.picked = picked;
    expect((await caFile.choose()).ok).toBe(picked === null);
    expect(seen.trusted).toBe('PEM');
    expect(settings.read().caFile).toBe(GOOD);
    expect(state.snapshot.caFile?.state).toEqual(TRUSTED);
  });

  it('that the settings can’t keep isn’t trusted, nor is one forgotten', async () => {
    const { settings, state, seen, caFile } = choosing();
    settings.breakDown(settingsDiskFull);
    expect(failureOf(await caFile.choose()).code).toBe('diskFull');
    expect(seen.trusted).toBe('nothing yet');
    expect(state.snapshot.caFile).toBeNull();
    settings.mend();
    valueOf(await caFile.choose());
    settings.breakDown(settingsDiskFull);
    expect(failureOf(caFile.forget()).code).toBe('diskFull');
    expect(seen.trusted).toBe('PEM');
  });

  it('can be forgotten again', async () => {
    const { settings, state, seen, caFile } = choosing();
    await caFile.choose();
    valueOf(caFile.forget());
    expect(seen.trusted).toBeUndefined();
    expect(settings.read().caFile).toBeNull();
    expect(state.snapshot.caFile).toBeNull();
  });
});
