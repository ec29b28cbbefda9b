import type { CredentialPreview, PastedPart } from '../../shared/intents.ts';
import { say } from '../../shared/language/say.ts';
import { Say } from './say.tsx';
import { ToneIcon } from './tone.tsx';
import type { Tone } from './tones.ts';
import classes from './understood-credential.module.css';

const TONES: Readonly<Record<PastedPart['kind'], Tone>> = {
  missing: 'waiting',
  understood: 'good',
  wrong: 'bad',
};

/** What the app made of a pasted credential, part by part; of a secret, its public end. */
export function UnderstoodCredential({ clientId, secret }: CredentialPreview) {
  if (clientId.kind === 'missing' && secret.kind === 'missing') {
    return (
      <p className={classes['nothing']}>
        <ToneIcon tone="attention" size={20} />
        <span>
          <Say word="understoodCredential.thereIsNoClientID" />
        </span>
      </p>
    );
  }
  return (
    <dl className={classes['list']}>
      <Part name={say('common.clientID')} part={clientId} />
      <Part name={say('understoodCredential.clientSecret')} part={secret} />
    </dl>
  );
}

function Part({ name, part }: { name: string; part: PastedPart }) {
  return (
    <div className={classes['part']} data-kind={part.kind}>
      <ToneIcon tone={TONES[part.kind]} size={20} />
      <dt className={classes['name']}>{name}</dt>
      <dd className={classes['value']}>{wordsOf(part, name)}</dd>
    </div>
  );
}

function wordsOf(part: PastedPart, name: string) {
  switch (part.kind) {
    case 'missing':
      return say('understoodCredential.notThereYetCopyThe', { name });
    case 'understood':
      return <span className={classes['shown']}>{part.shown}</span>;
    case 'wrong':
      return part.because.message;
  }
}
