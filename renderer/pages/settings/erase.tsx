import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ERASE_WORDS, type EraseList, type EraseReport } from '../../../shared/erasing.ts';
import { say } from '../../../shared/language/say.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { Note } from '../../parts/note.tsx';
import { useAction } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';
import { Setting } from './setting.tsx';
import classes from './settings.module.css';

/** The end of it all, behind typed words. */
export function Erase() {
  const [opened, open] = useState(false);
  const [report, setReport] = useState<EraseReport | null>(null);
  const title = report === null ? say('settings.eraseEverythingQuestion') : titleOf(report);
  return (
    <Setting title={say('settings.eraseEverything')} says={say('settings.takesTheAppsDataOff')}>
      <Group>
        <Button variant="outline" color="red" onClick={() => open(true)}>
          {say('settings.eraseEverything')}
        </Button>
      </Group>
      <Dialog
        opened={opened}
        title={title}
        mustBeAnswered={report !== null}
        // After it there is no page to go back to.
        onClose={() => open(report !== null)}
      >
        {report === null ? (
          <Question onClose={() => open(false)} onErased={setReport} />
        ) : (
          <Report report={report} />
        )}
      </Dialog>
    </Setting>
  );
}

function Question({
  onClose,
  onErased,
}: {
  onClose: () => void;
  onErased: (report: EraseReport) => void;
}) {
  const intents = useIntents();
  const action = useAction();
  const [list, setList] = useState<EraseList | null>(null);
  const [typed, type] = useState('');
  useEffect(() => {
    void intents.previewErasure().then((answer) => {
      if (answer.ok) setList(answer.value);
    });
  }, [intents]);
  const confirmed = typed.trim().toLowerCase() === ERASE_WORDS;
  const erase = async () => {
    const erased = await action.run(() => intents.eraseEverything({ confirmed: ERASE_WORDS }));
    if (erased.ok) onErased(erased.value);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (confirmed && list !== null) void erase();
      }}
    >
      <Stack gap="sm">
        <Text>{say('settings.thisGoesForGood')}</Text>
        <List items={list?.items ?? []} />
        <Note tone="attention">{say('settings.whatC1HasReceivedStays')}</Note>
        <TextInput
          label={say('settings.toGoOnType', { words: ERASE_WORDS })}
          value={typed}
          autoComplete="off"
          disabled={action.busy}
          onChange={({ currentTarget }) => type(currentTarget.value)}
        />
        {action.failure !== null && <FailureNotice failure={action.failure} ways={[]} />}
      </Stack>
      <DialogActions>
        <Button variant="default" disabled={action.busy} onClick={onClose}>
          {say('settings.keepEverything')}
        </Button>
        <Button
          type="submit"
          color="red"
          disabled={!confirmed || list === null}
          loading={action.busy}
        >
          {say('settings.eraseEverything')}
        </Button>
      </DialogActions>
    </form>
  );
}

function Report({ report }: { report: EraseReport }) {
  const intents = useIntents();
  return (
    <>
      <Text>{say('settings.gone')}</Text>
      <List items={report.erased} />
      <Text>{say('settings.leftForYouToDo')}</Text>
      <List items={[...report.left, say('settings.inC1HaveAnAdministrator')]} />
      <DialogActions>
        <Button data-autofocus onClick={() => void intents.startAnew()}>
          {say('settings.startAnew')}
        </Button>
      </DialogActions>
    </>
  );
}

function List({ items }: { items: readonly string[] }) {
  return (
    <ul className={classes['items']}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

function titleOf({ left }: EraseReport): string {
  return left.length === 0
    ? say('settings.everythingWasErased')
    : say('settings.almostEverythingWasErased');
}
