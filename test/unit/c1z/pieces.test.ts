import { expect, it } from 'vitest';
import { piecesOf } from '../../../main/c1z/pieces.ts';
import { model, TOWN } from '../access/build.ts';

it('a model comes in pieces of its rows in order, the last one marked; an empty one in one', () => {
  const { resources, entitlements, grants } = model(TOWN);
  const many = Array.from({ length: 500 }, () => grants).flat();
  const pieces = [...piecesOf({ resources, entitlements, grants: many })];
  expect(pieces.flatMap(({ rows }) => rows.grants)).toEqual(many);
  expect(pieces.flatMap(({ rows }) => rows.resources)).toEqual(resources);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.map(({ last }) => last)).toEqual(pieces.map((_, i) => i === pieces.length - 1));
  const none = { resources: [], entitlements: [], grants: [] };
  expect([...piecesOf(none)]).toEqual([{ rows: none, last: true }]);
});
