import { TextInput } from '@mantine/core';
import type { ReactNode, RefObject } from 'react';
import type { Action } from '../../parts/use-action.ts';
import { useIntents } from '../../state.ts';
import classes from './client-id-form.module.css';

/** Takes the Client ID of the app that the admin registered at Xero. */
export function ClientIdForm({
  formId,
  field,
  initial,
  error,
  action,
}: {
  formId: string;
  field: RefObject<HTMLInputElement | null>;
  initial: string;
  error: ReactNode;
  action: Action;
}) {
  const intents = useIntents();
  return (
    <form
      id={formId}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        const clientId = field.current?.value ?? '';
        void action.run(() => intents.startSignIn({ kind: 'desktop', clientId }));
      }}
    >
      <TextInput
        ref={field}
        label="Client ID of the Xero app"
        description="32 letters and digits, from the app’s Configuration page. It isn’t a secret."
        defaultValue={initial}
        error={error}
        classNames={{ input: classes['input'] ?? '' }}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        onChange={action.forget}
      />
    </form>
  );
}
