import { describe, expect, it } from 'vitest';
import { Pieces, piecesOf } from '../../../main/c1z/pieces.ts';
import type { OrganisationAccess } from '../../../main/access/types.ts';
import { farm, harbour, TOWN, user } from '../access/build.ts';

const many = Array.from({ length: 1200 }, (_, index) => user({ userId: `u-${index}` }));

function together(organisations: readonly OrganisationAccess[]): readonly OrganisationAccess[] {
  const whole = new Pieces();
  for (const piece of piecesOf(organisations)) whole.add(piece);
  return whole.organisations;
}

describe('what was read, in pieces', () => {
  it('is the same when they are put together again', () => {
    const read = [...TOWN, harbour(...many), farm()];
    expect(together(read)).toEqual(read);
  });

  it('keeps apart what is listed twice', () => {
    const read = [farm(user()), farm(user({ userId: 'u-2' }))];
    expect(together(read)).toEqual(read);
  });

  it('holds few people at a time, and tells which piece is the last', () => {
    const pieces = [...piecesOf([harbour(...many), farm()])];
    expect(pieces.length).toBeGreaterThan(3);
    expect(Math.max(...pieces.map(({ access }) => access.users.length))).toBeLessThan(1000);
    expect(pieces.map(({ last }) => last)).toEqual(pieces.map((_, i) => i === pieces.length - 1));
  });
});
