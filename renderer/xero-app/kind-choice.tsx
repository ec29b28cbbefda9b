import { Radio, Stack } from '@mantine/core';
import { say } from '../../shared/language/say.ts';
import type { XeroAppKind } from '../../shared/snapshot.ts';
import { RadioRow } from '../parts/radio-row.tsx';
import { Tag } from '../parts/tag.tsx';
import { KINDS } from './kinds.ts';

/** Which kind of Xero app to register, with who should take which. */
export function KindChoice({
  kind,
  onChoose,
}: {
  kind: XeroAppKind;
  onChoose: (kind: XeroAppKind) => void;
}) {
  return (
    <Radio.Group
      value={kind}
      onChange={(value) => {
        const chosen = KINDS.find((each) => each.kind === value);
        if (chosen !== undefined) onChoose(chosen.kind);
      }}
      label={say('kindChoice.kindOfXeroApp')}
      description={say('kindChoice.xeroIsReadThroughAn')}
    >
      <Stack gap={8} mt={12}>
        {KINDS.map(({ kind: value, name, forWhom }) => (
          <RadioRow key={value} value={value} explanation={forWhom}>
            {name}
            {value === 'desktop' && <Tag>{say('kindChoice.recommended')}</Tag>}
          </RadioRow>
        ))}
      </Stack>
    </Radio.Group>
  );
}
