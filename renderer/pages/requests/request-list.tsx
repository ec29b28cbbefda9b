import { Text } from '@mantine/core';
import { useId } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { say } from '../../../shared/language/say.ts';
import { hashOfRequest } from '../../../shared/places.ts';
import type { InboxView, RequestEnd, RequestView } from '../../../shared/requests.ts';
import { Moment } from '../../parts/moment.tsx';
import { ToneLabel } from '../../parts/tone.tsx';
import { endedOf, openGroups, whereWords } from './groups.ts';
import classes from './request-list.module.css';
import { TimeLeft } from './time-left.tsx';
import { ENDS, inShort, markOf } from './words.ts';

/** All requests: the open ones by organisation, then those that ended. The arrows go from one to the next. */
export function RequestList({ inbox, shown }: { inbox: InboxView; shown: string | null }) {
  const groups = openGroups(inbox);
  const ended = endedOf(inbox);
  return (
    <nav className={classes['list']} aria-label={say('requests.list')} onKeyDown={byArrows}>
      {groups.length === 0 && (
        <Text c="dimmed" size="xs">
          {say('requests.nothingWaitsForYou')}
        </Text>
      )}
      {groups.map(({ key, name, requests }) => (
        <Group key={key} name={name} count={requests.length}>
          {requests.map((request) => (
            <Item key={request.id} request={request} isShown={request.id === shown}>
              <Open request={request} />
            </Item>
          ))}
        </Group>
      ))}
      {ended.length > 0 && (
        <Group name={say('requests.ended')} count={ended.length}>
          {ended.map((request) => (
            <Item key={request.id} request={request} isShown={request.id === shown}>
              {request.end !== null && <Ended request={request} end={request.end} />}
            </Item>
          ))}
        </Group>
      )}
    </nav>
  );
}

function Group({ name, count, children }: { name: string; count: number; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes['group']} aria-labelledby={id}>
      <h2 id={id} className={classes['head']}>
        <span>{name}</span>
        {count > 1 && <span className={classes['count']}>{count}</span>}
      </h2>
      <ul className={classes['items']}>{children}</ul>
    </section>
  );
}

function Item({
  request: { id, person },
  isShown,
  children,
}: {
  request: RequestView;
  isShown: boolean;
  children: ReactNode;
}) {
  return (
    <li>
      <a
        href={`#${hashOfRequest(id)}`}
        className={classes['item']}
        aria-current={isShown ? 'page' : undefined}
      >
        <span className={classes['name']}>{person.name}</span>
        {children}
      </a>
    </li>
  );
}

function Open({ request }: { request: RequestView }) {
  const mark = markOf(request);
  return (
    <>
      <span className={classes['line']}>
        <span>{inShort(request)}</span>
        <span className={classes['time']}>
          <TimeLeft until={request.until} />
        </span>
      </span>
      {mark !== null && <ToneLabel tone={mark.tone}>{mark.name}</ToneLabel>}
    </>
  );
}

function Ended({ request, end }: { request: RequestView; end: RequestEnd }) {
  const { tone, name } = ENDS[end.kind];
  return (
    <>
      <span className={classes['line']}>
        <span>
          {inShort(request)} · {whereWords(request)}
        </span>
      </span>
      <span className={classes['line']}>
        <ToneLabel tone={tone}>{name}</ToneLabel>
        <span className={classes['time']}>
          <Moment at={end.at} />
        </span>
      </span>
    </>
  );
}

function byArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll('a')];
  const next = links[links.findIndex((link) => link === document.activeElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
