import { Button, Radio, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { say } from '../../shared/language/say.ts';
import { CONNECTOR_ANSWERS, type ConnectorAnswer } from '../../shared/rotation.ts';
import { DialogActions } from '../parts/dialog.tsx';
import { RadioRow } from '../parts/radio-row.tsx';
import { useInSight } from '../parts/use-in-sight.ts';
import { ANSWERS } from './words.ts';

/** Asks what no Client ID tells, before C1 is greeted with it. */
export function Question({
  busy,
  onAnswer,
  onKeepOld,
}: {
  busy: boolean;
  onAnswer: (answer: ConnectorAnswer) => void;
  onKeepOld: () => void;
}) {
  const choice = useRef<HTMLDivElement>(null);
  useInSight(choice, true);
  const [answer, setAnswer] = useState<ConnectorAnswer | null>(null);
  return (
    <>
      <Text>{say('rotation.c1AcceptsTheCredentialBut')}</Text>
      <Radio.Group
        aria-label={say('rotation.isItForTheSame')}
        value={answer}
        onChange={(value) => setAnswer(CONNECTOR_ANSWERS.find((each) => each === value) ?? null)}
      >
        <Stack ref={choice} gap={8}>
          {CONNECTOR_ANSWERS.map((option) => (
            <RadioRow key={option} value={option} explanation={ANSWERS[option].explanation}>
              {ANSWERS[option].label}
            </RadioRow>
          ))}
        </Stack>
      </Radio.Group>
      <DialogActions>
        <Button variant="default" onClick={onKeepOld}>
          {say('rotation.keepTheOldOne')}
        </Button>
        <Button
          disabled={answer === null}
          loading={busy}
          onClick={() => {
            if (answer !== null) onAnswer(answer);
          }}
        >
          {say('common.goOn')}
        </Button>
      </DialogActions>
    </>
  );
}
