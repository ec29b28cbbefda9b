import { Button, Text, Title } from '@mantine/core';
import { IconCheck, IconExternalLink } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { say } from '../../../shared/language/say.ts';
import type { RequestStep, RequestView, RequestWay } from '../../../shared/requests.ts';
import { Note } from '../../parts/note.tsx';
import { NumberedSteps } from '../../parts/numbered-steps.tsx';
import type { RequestMoves } from './use-moves.ts';
import classes from './ways.module.css';

/** How it is done in Xero; before it, where that is needed, the question whether it is meant. */
export function Ways({ request, moves }: { request: RequestView; moves: RequestMoves }) {
  const { caution, ways } = request;
  const steps = useRef<HTMLHeadingElement>(null);
  const confirmed = useRef(false);
  useEffect(() => {
    // The button that was pressed is gone: who pressed it goes on where the steps begin.
    if (caution === null && confirmed.current) steps.current?.focus();
  }, [caution]);
  const confirm = async () => {
    confirmed.current = true;
    await moves.say('confirm');
  };
  if (caution !== null) {
    return (
      <Note tone="attention">
        <Text>{caution.words}</Text>
        <div>
          <Button variant="default" size="xs" onClick={() => void confirm()}>
            {say('requests.showTheSteps')}
          </Button>
        </div>
      </Note>
    );
  }
  return (
    <div className={classes['ways']}>
      <Title order={3} ref={steps} tabIndex={-1}>
        {say('requests.whatToDoInXero')}
      </Title>
      {ways.map((way, index) => (
        <Way
          key={way.title}
          way={way}
          isFirst={index === 0}
          isEverywhere={request.task === 'removeEverywhere'}
          moves={moves}
        />
      ))}
    </div>
  );
}

function Way({
  way: { title, steps },
  isFirst,
  isEverywhere,
  moves,
}: {
  way: RequestWay;
  isFirst: boolean;
  /** Each step is an organisation of its own. */
  isEverywhere: boolean;
  moves: RequestMoves;
}) {
  const primary = isFirst ? steps.find(({ opens }) => opens !== null) : undefined;
  return (
    <section className={classes['way']} {...(title !== null && { 'aria-label': title })}>
      {title !== null && <Text fw={600}>{title}</Text>}
      <NumberedSteps>
        {steps.map((step) => (
          <Step
            key={step.words}
            step={step}
            rank={step === primary ? 'first' : 'other'}
            isDone={isEverywhere && step.opens === null}
            moves={moves}
          />
        ))}
      </NumberedSteps>
    </section>
  );
}

function Step({
  step: { words, opens },
  rank,
  isDone,
  moves,
}: {
  step: RequestStep;
  rank: 'first' | 'other';
  isDone: boolean;
  moves: RequestMoves;
}) {
  if (isDone) {
    return (
      <span className={classes['done']}>
        <s>{words}</s> <IconCheck size={16} stroke={2} aria-hidden /> {say('requests.stepDone')}
      </span>
    );
  }
  if (opens === null) return words;
  return (
    <div className={classes['opening']}>
      <span>{words}</span>
      <Button
        size="xs"
        variant={rank === 'first' ? 'filled' : 'default'}
        rightSection={<IconExternalLink size={16} aria-hidden />}
        aria-label={say('requests.openInXeroFor', { step: words })}
        onClick={() => moves.openInXero(opens)}
      >
        {say('requests.openInXero')}
      </Button>
    </div>
  );
}
