import { Anchor, Button, Text } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { say } from '../../../shared/language/say.ts';
import type { InboxView } from '../../../shared/requests.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { goTo, useNamedPart } from '../../page.ts';
import { Frame } from '../../parts/frame.tsx';
import { MendsProvider } from '../../parts/mends.tsx';
import { Note } from '../../parts/note.tsx';
import { Title } from '../../parts/title.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useMendsThrough } from '../../xero-dialogs/use-mends.ts';
import { firstOf } from './groups.ts';
import { RequestList } from './request-list.tsx';
import { RequestPanel } from './request-panel.tsx';
import classes from './requests.module.css';
import { useShown } from './use-shown.ts';

const toStatus = () => goTo('status');
const toSetting = () => goTo('settings', 'requests');

/** What C1 asks a person to do in Xero: the list, and one of them beside it. */
export function Requests({ snapshot }: { snapshot: Snapshot }) {
  const { inbox, settings, app, xero } = snapshot;
  const action = useAction();
  const mends = useMendsThrough(action, xero, {
    toOrganisations: toStatus,
    toCredential: toStatus,
  });
  const isEmpty = inbox.requests.length === 0;
  return (
    <MendsProvider value={mends}>
      <Frame app={app} page="requests" layout="table">
        <Title lead={say('requests.whatC1AsksOfYou')}>{say('common.requests')}</Title>
        {isEmpty && (settings.requests ? <NoneYet /> : <TurnedOff />)}
        {!isEmpty && !settings.requests && (
          <Note tone="neutral">
            <Text>
              {say('requests.newOnesAreRefused')}{' '}
              <Anchor component="button" type="button" inherit onClick={toSetting}>
                {say('requests.turnThemOnInSettings')}
              </Anchor>
            </Text>
          </Note>
        )}
        {!isEmpty && <Inbox inbox={inbox} />}
      </Frame>
    </MendsProvider>
  );
}

function Inbox({ inbox }: { inbox: InboxView }) {
  const named = useNamedPart();
  const [held, hold] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const find = (id: string | null) => inbox.requests.find((request) => request.id === id);
  const shown = find(named) ?? find(held) ?? firstOf(inbox);
  // What is being read stays, whatever comes in or ends meanwhile.
  if (shown !== undefined && shown.id !== held) hold(shown.id);
  useShown(shown);
  useEffect(() => {
    if (named !== null) heading.current?.focus();
  }, [named]);
  return (
    <div className={classes['split']}>
      <RequestList inbox={inbox} shown={shown?.id ?? null} />
      {shown !== undefined && <RequestPanel key={shown.id} request={shown} heading={heading} />}
    </div>
  );
}

function TurnedOff() {
  return (
    <div className={classes['empty']}>
      <IconInbox size={40} stroke={1.5} aria-hidden />
      <Text fw={600}>{say('requests.requestsAreOff')}</Text>
      <Text c="dimmed" maw={520}>
        {say('requests.onceTheyAreOn')}
      </Text>
      <Button onClick={toSetting}>{say('requests.turnRequestsOn')}</Button>
    </div>
  );
}

function NoneYet() {
  return (
    <div className={classes['empty']}>
      <IconInbox size={40} stroke={1.5} aria-hidden />
      <Text fw={600}>{say('requests.nothingWaitsForYou')}</Text>
      <Text c="dimmed" maw={520}>
        {say('requests.aRequestAppearsHere')}
      </Text>
    </div>
  );
}
