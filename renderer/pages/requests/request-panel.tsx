import { Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { say } from '../../../shared/language/say.ts';
import type { RequestEnd, RequestView } from '../../../shared/requests.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Note } from '../../parts/note.tsx';
import { span } from '../../parts/time.ts';
import { ToneIcon } from '../../parts/tone.tsx';
import { CheckLine } from './check-line.tsx';
import { Moves } from './moves.tsx';
import classes from './request-panel.module.css';
import { RoleChange } from './role-change.tsx';
import { TimeLeft } from './time-left.tsx';
import { useMoves, type RequestMoves } from './use-moves.ts';
import { Ways } from './ways.tsx';
import { Who } from './who.tsx';
import { endingRole, ENDS, sentenceOf } from './words.ts';

/** One request: what is asked, how it is done in Xero, and what Xero shows of it by now. */
export function RequestPanel({
  request,
  heading,
}: {
  request: RequestView;
  heading: RefObject<HTMLHeadingElement | null>;
}) {
  const moves = useMoves(request.id);
  const { remarks, end } = request;
  useFocusAtEnd(end, heading);
  return (
    <article className={classes['panel']} aria-labelledby="request">
      <Title order={2} id="request" ref={heading} tabIndex={-1}>
        {sentenceOf(request)}
      </Title>
      <RoleChange places={request.places} endingRole={endingRole(request)} />
      {remarks.map(({ kind, words }) => (
        <Note key={kind} tone={kind === 'conflict' ? 'attention' : 'neutral'}>
          {words}
        </Note>
      ))}
      <Who person={request.person} moves={moves} />
      {moves.failure !== null && <FailureNotice failure={moves.failure} ways={[]} />}
      {end === null ? <ToDo request={request} moves={moves} /> : <Ended end={end} />}
      <Facts request={request} />
    </article>
  );
}

function ToDo({ request, moves }: { request: RequestView; moves: RequestMoves }) {
  const line = useRef<HTMLDivElement>(null);
  return (
    <>
      <Ways request={request} moves={moves} />
      <Moves
        request={request}
        moves={moves}
        onSaid={() => line.current?.scrollIntoView({ block: 'nearest' })}
      />
      <CheckLine check={request.check} place={line} />
    </>
  );
}

/** Once it ends its buttons are gone: whoever was at one of them goes on at the top. */
function useFocusAtEnd(end: RequestEnd | null, heading: RefObject<HTMLElement | null>): void {
  const wasOpen = useRef(end === null);
  useEffect(() => {
    if (wasOpen.current && end !== null && document.activeElement === document.body) {
      heading.current?.focus();
    }
    wasOpen.current = end === null;
  }, [end, heading]);
}

function Ended({ end: { kind, at, words } }: { end: RequestEnd }) {
  return (
    <div className={classes['end']} role="status">
      <ToneIcon tone={ENDS[kind].tone} size={20} />
      <div>
        <Text>{words}</Text>
        <Text size="xs" c="dimmed">
          <Moment at={at} width="long" />
        </Text>
      </div>
    </div>
  );
}

function Facts({ request: { askedAt, until, duration, tasks, end } }: { request: RequestView }) {
  return (
    <dl className={classes['facts']}>
      <div>
        <dt>{say('requests.c1Asked')}</dt>
        <dd>
          <Moment at={askedAt} width="long" />
        </dd>
      </div>
      {end === null && (
        <div>
          <dt>{say('requests.timeLeft')}</dt>
          <dd>
            <TimeLeft until={until} />
          </dd>
        </div>
      )}
      <div>
        <dt>{say('requests.wantedFor')}</dt>
        <dd>{duration === null ? say('requests.c1DoesntSay') : span(duration, 'long')}</dd>
      </div>
      <div>
        <dt>{say('requests.tasksOfC1')}</dt>
        <dd>{tasks}</dd>
      </div>
    </dl>
  );
}
