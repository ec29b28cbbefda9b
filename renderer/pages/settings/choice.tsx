import { NativeSelect } from '@mantine/core';

/** One of a few, by the system's own list. The values stay what they are; the list knows them as words. */
export function Choice<T extends string | number | null>({
  label,
  description,
  value,
  options,
  disabled,
  onChange,
}: {
  label: string;
  description: string;
  value: T;
  options: readonly { readonly value: T; readonly label: string }[];
  disabled: boolean;
  onChange: (value: T) => void;
}) {
  return (
    <NativeSelect
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description']}
      value={String(value)}
      disabled={disabled}
      maw={600}
      data={options.map((option) => ({ value: String(option.value), label: option.label }))}
      onChange={({ currentTarget }) => {
        const chosen = options.find((option) => String(option.value) === currentTarget.value);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    />
  );
}
