import { Skeleton, Text } from '@mantine/core';
import type { Result } from '../../shared/errors.ts';
import type { Loss } from '../../shared/intents.ts';
import { inWords } from './names.ts';
import { Note } from './note.tsx';
import { count } from './numbers.ts';

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
      <div role="status" aria-label="Working out what C1 would see disappear">
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
          What C1 would see disappear couldn’t be worked out. On a big drop C1 pauses until somebody
          presses <b>Confirm changes</b> there.
        </Text>
      )}
    </Note>
  );
}

function Told({ loss, afterwards }: { loss: Loss; afterwards: Afterwards }) {
  const { organisations, accounts, roles, grants, mayPauseC1 } = loss;
  if (organisations.length === 0) {
    return <Text>C1 isn’t shown any of this now, so nothing disappears there.</Text>;
  }
  const figures = `${count(accounts, 'account')}, ${count(roles, 'role')} and ${count(grants, 'grant')}`;
  if (afterwards === 'stays') {
    return (
      <Text>
        C1 keeps what it has received of {inWords(organisations)}: {figures}. It gets nothing new
        until an organisation is governed again.
      </Text>
    );
  }
  return (
    <>
      <Text>
        With the next sync C1 sees {inWords(organisations)} disappear, with {figures}.
      </Text>
      {accounts > 0 && (
        <Text size="xs">
          Accounts that are in another governed organisation too aren’t counted; they stay.
        </Text>
      )}
      {mayPauseC1 && (
        <Text>
          That is so much that C1 may pause until somebody presses <b>Confirm changes</b> there.
        </Text>
      )}
    </>
  );
}
