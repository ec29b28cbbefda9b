import { Button } from '@mantine/core';
import { useState } from 'react';
import { say } from '../../../shared/language/say.ts';
import type { RequestView } from '../../../shared/requests.ts';
import { ToneLabel } from '../../parts/tone.tsx';
import { DeclineDialog } from './decline-dialog.tsx';
import type { RequestMoves } from './use-moves.ts';
import classes from './moves.module.css';

/** What the admin says of an open request: that it is done, or that it won't be. */
export function Moves({
  request,
  moves,
  onSaid,
}: {
  request: RequestView;
  moves: RequestMoves;
  /** What Xero shows is of interest from now on. */
  onSaid: () => void;
}) {
  const { task, invited, caution } = request;
  const [declining, decline] = useState(false);
  const tell = (move: 'saidDone' | 'saidInvited') => void moves.say(move).then(onSaid);
  return (
    <>
      {invited && <ToneLabel tone="waiting">{say('requests.theInvitationWasSent')}</ToneLabel>}
      <div className={classes['moves']}>
        {caution === null && task === 'invite' && !invited && (
          <Button variant="default" onClick={() => tell('saidInvited')}>
            {say('requests.iveSentTheInvitation')}
          </Button>
        )}
        {caution === null && (
          <Button variant="default" onClick={() => tell('saidDone')}>
            {say('requests.iveDoneIt')}
          </Button>
        )}
        <Button variant="subtle" onClick={() => decline(true)}>
          {say('requests.declineDots')}
        </Button>
      </div>
      <DeclineDialog request={request} opened={declining} onClose={() => decline(false)} />
    </>
  );
}
