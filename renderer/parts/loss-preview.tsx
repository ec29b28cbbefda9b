import { Skeleton, Text } from '@mantine/core';
import type { Result } from '../../shared/errors.ts';
import type { Loss } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import { inWords } from '../../shared/language/formats.ts';
import { Note } from './note.tsx';
import { Say } from './say.tsx';

/** What becomes of it at C1: the next sync lacks it, or there's no sync any more that could. */
export type Afterwards = 'goes' | 'stays';

/** What C1 would see disappear, before it is done. */
export function LossPreview({
  loss,
  afterwards,
}: {
  /** Null while it is worked out. */
  loss: Result<Loss> | null;
  afterwards: Afterwards;
}) {
  if (loss === null) {
    return (
      <div role="status" aria-label={say('lossPreview.workingOutWhatC1Would')}>
        <Skeleton height={72} radius="lg" />
      </div>
    );
  }
  const goes = loss.ok && loss.value.organisations.length > 0 && afterwards === 'goes';
  return (
    <Note tone={goes ? 'attention' : 'neutral'}>
      {loss.ok ? (
        <Told loss={loss.value} afterwards={afterwards} />
      ) : (
        <Text>
          <Say word="lossPreview.whatC1WouldSeeDisappear" />
        </Text>
      )}
    </Note>
  );
}

function Told({ loss, afterwards }: { loss: Loss; afterwards: Afterwards }) {
  const { organisations, accounts, roles, grants, mayPauseC1 } = loss;
  if (organisations.length === 0) {
    return <Text>{say('lossPreview.c1IsntShownAnyOf')}</Text>;
  }
  const figures = say('lossPreview.accountsRolesAndGrants', {
    accounts: say('count.account', { count: accounts }),
    roles: say('count.role', { count: roles }),
    grants: say('count.grant', { count: grants }),
  });
  if (afterwards === 'stays') {
    return (
      <Text>
        {say('lossPreview.c1KeepsWhatItHas', { organisations: inWords(organisations), figures })}
      </Text>
    );
  }
  return (
    <>
      <Text>
        {say('lossPreview.withTheNextSyncC1', { organisations: inWords(organisations), figures })}
      </Text>
      {accounts > 0 && <Text size="xs">{say('lossPreview.accountsThatAreInAnother')}</Text>}
      {mayPauseC1 && (
        <Text>
          <Say word="lossPreview.thatIsSoMuchThat" />
        </Text>
      )}
    </>
  );
}
