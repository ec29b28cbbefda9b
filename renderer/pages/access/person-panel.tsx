import { Button, CloseButton, Skeleton, Text, Title } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { AccessPerson, PersonPlace } from '../../../shared/access-list.ts';
import { WARNING_SENTENCES } from '../../../shared/access-words.ts';
import type { Result } from '../../../shared/errors.ts';
import { say } from '../../../shared/language/say.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Note } from '../../parts/note.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';
import classes from './person-panel.module.css';
import { Pays, RoleChip } from './role-chip.tsx';
import { sinceWords } from './words.ts';

/** Everything about one person, beside the table. */
export function PersonPanel({
  look,
  id,
  onClose,
}: {
  look: number;
  id: string;
  onClose: () => void;
}) {
  const intents = useIntents();
  const [told, setTold] = useState<{ id: string; answer: Result<AccessPerson> } | null>(null);
  useEffect(() => {
    let stale = false;
    void intents.showPerson({ look, id }).then((answer) => {
      if (!stale) setTold({ id, answer });
    });
    return () => {
      stale = true;
    };
  }, [intents, look, id]);
  const answer = told?.id === id ? told.answer : null;
  return (
    <section
      className={classes['panel']}
      aria-label={answer?.ok === true ? answer.value.name : say('access.whatTheyHold')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <CloseButton
        className={classes['close'] ?? ''}
        aria-label={say('common.close')}
        onClick={onClose}
      />
      {answer === null && <Skeleton height={24} width="60%" animate={false} />}
      {answer?.ok === false && <FailureNotice failure={answer.failure} place="look" />}
      {answer?.ok === true && <Person key={id} person={answer.value} />}
    </section>
  );
}

/** What is told of somebody once it is known. */
export function Person({ person }: { person: AccessPerson }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { name, email, places, warnings, changedAt } = person;
  return (
    <>
      <div className={classes['who']}>
        <Title order={2} ref={heading} tabIndex={-1}>
          {name}
        </Title>
        <Text size="xs" c="dimmed">
          {email ?? say('access.noEMailAddress')}
        </Text>
      </div>
      {warnings.length > 0 && (
        <Note tone="attention">
          {warnings.map((code) => (
            <Text key={code} size="xs">
              {WARNING_SENTENCES[code]}
            </Text>
          ))}
        </Note>
      )}
      <ul className={classes['places']} aria-label={say('access.whatTheyHold')}>
        {places.map((place) => (
          <PlaceOf key={place.organisation.id} place={place} />
        ))}
      </ul>
      <dl className={classes['facts']}>
        <dt>{say('common.lastChangedInXero')}</dt>
        <dd>
          {changedAt === null ? (
            say('access.xeroDoesntSay')
          ) : (
            <Moment at={changedAt} width="long" />
          )}
        </dd>
        <dt>{say('access.accountIDInC1')}</dt>
        <dd className={classes['id']}>{person.id}</dd>
      </dl>
    </>
  );
}

function PlaceOf({ place }: { place: PersonPlace }) {
  const intents = useIntents();
  const action = useAction();
  const { organisation, standing, roles, subscriber, since } = place;
  return (
    <li className={classes['place']}>
      <div className={classes['organisation']}>{organisation.name}</div>
      {standing === 'holds' ? (
        roles.map((role) => (
          <div key={role.id} className={classes['held']}>
            <RoleChip role={role} />
            <Text size="xs" c="dimmed">
              {sinceWords(role.since)}
            </Text>
          </div>
        ))
      ) : (
        <Text size="xs">
          {standing === 'removed' ? say('access.removed') : say('common.notTold')},{' '}
          {sinceWords(since)}
        </Text>
      )}
      {subscriber && (
        <div className={classes['held']}>
          <Pays />
          <Text size="xs">
            {say('access.subscriber')}: {say('access.paysForIt')}
          </Text>
        </div>
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        mih={28}
        ml={-8}
        rightSection={<IconExternalLink size={16} aria-hidden />}
        aria-label={`${say('access.openUsersInXero')}: ${organisation.name}`}
        onClick={() =>
          void action.run(() => intents.openUserManagement({ organisation: organisation.id }))
        }
      >
        {say('access.openUsersInXero')}
      </Button>
      {action.failure !== null && <FailureNotice failure={action.failure} ways={[]} />}
    </li>
  );
}
