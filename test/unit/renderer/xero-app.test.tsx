import { describe, expect, it } from 'vitest';
import { KindChoice } from '../../../renderer/xero-app/kind-choice.tsx';
import { appOf, fieldErrors } from '../../../renderer/xero-app/pasted-app.ts';
import { RegisterGuide } from '../../../renderer/xero-app/register-guide.tsx';
import type { XeroAppKind } from '../../../shared/snapshot.ts';
import { failures } from '../../e2e/screens/failures.ts';
import { draw } from './draw.tsx';

describe('The guide to registering a Xero app', () => {
  const guide = (kind: XeroAppKind) => draw(<RegisterGuide kind={kind} />);

  it('names the type as Xero’s page does, and that a name may not hold “Xero”', () => {
    expect(guide('desktop').text).toContain('Mobile or desktop app');
    expect(guide('web').text).toContain('Web app');
    expect(guide('custom').text).toContain('Custom connection');
    for (const kind of ['desktop', 'web', 'custom'] as const) {
      expect(guide(kind).text).toContain('doesn’t contain “Xero”');
    }
  });

  it('gives the three redirect URIs where a browser comes back, and a custom connection none', () => {
    for (const kind of ['desktop', 'web'] as const) {
      expect(guide(kind).text).toContain('http://localhost:21741/callback');
      expect(guide(kind).buttons.filter((name) => name.startsWith('Copy'))).toHaveLength(3);
    }
    expect(guide('custom').text).not.toContain('localhost');
    expect(guide('custom').text).toContain('accounting.settings.read');
    expect(guide('custom').buttons.filter((name) => name.startsWith('Copy'))).toHaveLength(1);
  });

  it('says where there is a secret, and that Xero shows it once', () => {
    expect(guide('desktop').text).toContain('No client secret is needed');
    for (const kind of ['web', 'custom'] as const) {
      expect(guide(kind).text).toContain('Generate a secret');
      expect(guide(kind).text).toContain('Xero shows it this once');
    }
  });

  it('comes after a choice that recommends one kind alone', () => {
    const { text } = draw(<KindChoice kind="desktop" onChoose={() => undefined} />);
    expect(text.match(/Recommended/g)).toHaveLength(1);
    expect(text).toMatch(/Desktop app\s+Recommended/);
  });
});

describe('A pasted Xero app', () => {
  const wrong = { ok: false, failure: failures.xeroSecretShort } as const;
  const filled = { clientId: true, secret: true };
  const errors = (...args: Parameters<typeof fieldErrors>) => fieldErrors(...args);

  it('is sent without a secret where its kind has none', () => {
    const pasted = { clientId: 'id', secret: 'left over' };
    expect(appOf('desktop', pasted)).toEqual({ kind: 'desktop', clientId: 'id' });
    expect(appOf('web', pasted)).toEqual({ kind: 'web', ...pasted });
  });

  it('has what is wrong told at its field, and only at one that holds something', () => {
    expect(errors(null, wrong, filled).secret).toBe(failures.xeroSecretShort.message);
    expect(errors(null, wrong, filled).clientId).toBeUndefined();
    expect(errors(null, wrong, { clientId: true, secret: false }).secret).toBeUndefined();
  });

  it('that was refused on sending tells that, not what typing told', () => {
    expect(errors(failures.webRejected, wrong, filled)).toEqual({
      clientId: undefined,
      secret: undefined,
    });
    const empty = { clientId: false, secret: false };
    expect(errors(failures.clientIdWrong, null, empty).clientId).toBe(
      failures.clientIdWrong.message,
    );
  });
});
