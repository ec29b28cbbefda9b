import { describe, expect, it } from 'vitest';
import { Requests } from '../../../renderer/pages/requests/requests.tsx';
import type { RequestView } from '../../../shared/requests.ts';
import { NOW, well } from '../../e2e/screens/data.ts';
import {
  caution,
  change,
  done,
  ended,
  everywhere,
  giveBack,
  invite,
  invited,
  withRequests,
} from '../../e2e/screens/requests-data.ts';
import { draw } from './draw.tsx';

const shown = (...requests: readonly RequestView[]) =>
  draw(<Requests snapshot={withRequests(...requests)} />);
/** What can be done about it, beside copying. */
const ways = (request: RequestView) =>
  shown(request).buttons.filter((button) => !button.startsWith('Copy'));

describe('The Requests page', () => {
  it('says how to turn requests on while they are off', () => {
    const { text, buttons } = draw(<Requests snapshot={well} />);
    expect(text).toContain('Requests are off. Once they are on, C1 can ask here');
    expect(buttons).toEqual(['Turn requests on']);
  });

  it('says what will be here while nothing is, and that new ones are refused once they are off', () => {
    expect(shown().text).toContain('Nothing waits for you. A request appears here as soon as');
    const off = { ...withRequests(done), settings: well.settings };
    expect(draw(<Requests snapshot={off} />).text).toContain('C1’s new ones are refused at once');
  });

  it('shows what is asked, what they hold today, for how long, and by when', () => {
    const { text } = shown(change);
    expect(text).toContain('Give Ana Pires the role Standard in Harbour');
    expect(text).toContain('Read only asked for: Standard');
    expect(text).toContain('C1 asked 18 minutes ago');
    expect(text).toContain('Time left 42 min left');
    expect(text).toContain('Wanted for 8 hours');
    expect(text).toContain('Tasks of C1 1');
  });

  it('offers Xero’s page, done, and declining', () => {
    expect(ways(change)).toEqual([
      'Open in Xero: Open Users in Harbour &amp; Sons Ltd.',
      'I’ve done it',
      'Decline …',
    ]);
    expect(shown(change).buttons).toContain('Copy the e-mail address');
  });

  it('offers to say that an invitation was sent, once', () => {
    expect(ways(invite)).toContain('I’ve sent the invitation');
    expect(ways(invited)).not.toContain('I’ve sent the invitation');
    expect(shown(invited).text).toContain('The invitation was sent.');
  });

  it('gives the old role back first where the new one ends', () => {
    const { text } = shown(giveBack);
    const [back, removal] = [text.indexOf('Change back to Standard'), text.indexOf('Or remove')];
    expect(back).toBeGreaterThan(0);
    expect(removal).toBeGreaterThan(back);
  });

  it('has a way into each organisation that is left, and strikes off what is done', () => {
    expect(ways(everywhere).filter((button) => button.startsWith('Open in Xero'))).toHaveLength(2);
    expect(shown(everywhere).text).toContain('Remove Chidi Anagonye from Demo Ltd. Done.');
  });

  it('shows no steps before a caution is confirmed', () => {
    expect(shown(caution).text).toContain('They are the only adviser');
    expect(ways(caution)).toEqual(['Show the steps all the same', 'Decline …']);
  });

  it('offers nothing about what ended, and says how it did', () => {
    const declined = ended('declined', 'Declined: She is on leave.');
    expect(ways(declined)).toEqual([]);
    expect(shown(declined).text).toContain('Declined: She is on leave. 3 minutes ago');
    expect(shown(done).text).toContain('Standard as asked, in Harbour');
  });
});

describe('The line that lives', () => {
  const checked = (check: Partial<RequestView['check']>) =>
    shown({ ...change, check: { ...change.check, ...check } }).text;

  it('says what Xero still shows, since when, and when it is looked at next', () => {
    expect(checked({})).toContain('Xero still shows Read only for this person');
    expect(checked({})).toMatch(/Checked 20 seconds ago ?\. Next look in 2 minutes ?\./);
    expect(checked({ nextAt: NOW + 1_000 })).toContain('Next look in a moment.');
  });

  it('says that Xero is looked at now', () => {
    const text = checked({ now: 'looking', nextAt: null });
    expect(text).toContain('Looking at Xero … Xero still shows Read only');
    expect(text).not.toContain('Next look');
  });

  it('says why Xero couldn’t be looked at, and that it wasn’t yet', () => {
    expect(checked({ trouble: 'Xero can’t answer.' })).toContain('Xero can’t answer.');
    expect(checked({ at: null, found: null })).toContain('hasn’t been looked at for this yet');
  });
});
