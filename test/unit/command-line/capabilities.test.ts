import { expect, it } from 'vitest';
import { z } from 'zod';
import { answer } from '../../../main/command-line/answer.ts';
import { parseCommandLine } from '../../../main/command-line/options.ts';
import { valueOf } from '../results.ts';

const unread = () => Promise.reject(new Error('no file is to be read'));

const Printed = z.object({
  resourceTypeCapabilities: z.array(
    z.object({ resourceType: z.object({ id: z.string() }), capabilities: z.array(z.string()) }),
  ),
  credentialDetails: z.unknown().optional(),
});

async function printed(...argv: readonly string[]) {
  const request = valueOf(parseCommandLine(['capabilities', ...argv], {}, false));
  if (request.kind !== 'capabilities') throw new Error(`read as ${request.kind}`);
  const text = await answer(request, '1.2.3', { summary: unread, contents: unread });
  const { resourceTypeCapabilities: types, credentialDetails } = Printed.parse(
    JSON.parse(valueOf(text)),
  );
  const abilities = types.map(({ resourceType, capabilities }) => [resourceType.id, capabilities]);
  return { credentialDetails, types: Object.fromEntries(abilities) as Record<string, string[]> };
}

const READ = ['CAPABILITY_SYNC', 'CAPABILITY_TARGETED_SYNC'];

it('capabilities names organisations, roles and accounts, and needs no credential', async () => {
  const { types, credentialDetails } = await printed();
  expect(types).toEqual({ org: READ, role: READ, user: READ });
  expect(credentialDetails).toBeUndefined();
});

it('capabilities of a connector that takes requests tells what C1 may ask for', async () => {
  const { types, credentialDetails } = await printed('--provisioning');
  expect(types).toEqual({
    org: ['CAPABILITY_PROVISION', ...READ],
    role: ['CAPABILITY_PROVISION', ...READ],
    user: [
      'CAPABILITY_SYNC',
      'CAPABILITY_ACCOUNT_PROVISIONING',
      'CAPABILITY_RESOURCE_DELETE',
      'CAPABILITY_TARGETED_SYNC',
    ],
  });
  expect(credentialDetails).toMatchObject({
    capabilityAccountProvisioning: {
      preferredCredentialOption: 'CAPABILITY_DETAIL_CREDENTIAL_OPTION_NO_PASSWORD',
    },
  });
});
