import { expect, it } from 'vitest';
import { z } from 'zod';
import { answer } from '../../../main/command-line/answer.ts';
import { parseCommandLine } from '../../../main/command-line/options.ts';
import { valueOf } from '../results.ts';

const unread = () => Promise.reject(new Error('no file is to be read'));

it('capabilities names organisations, roles and accounts, and needs no credential', async () => {
  const request = valueOf(parseCommandLine(['capabilities'], {}, false));
  if (request.kind !== 'capabilities') throw new Error(`read as ${request.kind}`);
  const printed = await answer(request, '1.2.3', { summary: unread, contents: unread });
  const { resourceTypeCapabilities } = z
    .object({
      resourceTypeCapabilities: z.array(z.object({ resourceType: z.object({ id: z.string() }) })),
    })
    .parse(JSON.parse(valueOf(printed)));
  expect(resourceTypeCapabilities.map(({ resourceType }) => resourceType.id)).toEqual([
    'org',
    'role',
    'user',
  ]);
});
