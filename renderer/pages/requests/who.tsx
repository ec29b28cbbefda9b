import { Text } from '@mantine/core';
import { say } from '../../../shared/language/say.ts';
import type { RequestView } from '../../../shared/requests.ts';
import { Breakable } from '../../parts/breakable.tsx';
import { CopyingButton } from '../../parts/copy-button.tsx';
import type { RequestMoves } from './use-moves.ts';
import classes from './who.module.css';

/** The person, as Xero's pages ask for them: each part with its own way to the clipboard. */
export function Who({
  person: { name, email },
  moves,
}: {
  person: RequestView['person'];
  moves: RequestMoves;
}) {
  return (
    <dl className={classes['who']}>
      <div className={classes['part']}>
        <dt>{say('common.name')}</dt>
        <dd>
          {name} <CopyingButton send={() => moves.copy('name')} what={say('requests.theName')} />
        </dd>
      </div>
      <div className={classes['part']}>
        <dt>{say('common.eMail')}</dt>
        <dd>
          {email === null ? (
            <Text component="span" c="dimmed">
              {say('requests.xeroKnowsNoAddress')}
            </Text>
          ) : (
            <>
              <Breakable>{email}</Breakable>{' '}
              <CopyingButton send={() => moves.copy('email')} what={say('requests.theAddress')} />
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}
