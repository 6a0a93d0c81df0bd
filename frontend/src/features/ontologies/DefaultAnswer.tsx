import { t } from '@/i18n'
import { Checkbox, NumberField, TextField } from '@/ui/Field'
import { Select } from '@/ui/Select'
import type { DraftAttribute } from './draft'

const NO_DEFAULT = 'none'

interface DefaultAnswerProps {
  attribute: DraftAttribute
  onChange: (attribute: DraftAttribute) => void
}

/** What a new object, or a new image, starts with. */
export function DefaultAnswer({ attribute, onChange }: DefaultAnswerProps) {
  const { kind, options, default: chosen } = attribute
  const set = (value: DraftAttribute['default']) => onChange({ ...attribute, default: value })
  const named = options.flatMap(({ id, name }) =>
    id === undefined || name.trim() === '' ? [] : [{ id, name }],
  )
  switch (kind) {
    case 'radio':
      return (
        <Select
          label={t('Starts as')}
          size="sm"
          value={typeof chosen === 'string' ? chosen : NO_DEFAULT}
          options={[
            { value: NO_DEFAULT, label: t('No answer') },
            ...named.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(id) => set(id === NO_DEFAULT ? null : id)}
        />
      )
    case 'checklist': {
      const ids = Array.isArray(chosen) ? chosen : []
      return (
        <details className="relation-ends">
          <summary>{startWords(named.filter(({ id }) => ids.includes(id)).length)}</summary>
          {named.map(({ id, name }) => (
            <Checkbox
              key={id}
              isSelected={ids.includes(id)}
              onChange={(isOn) => {
                const next = isOn ? [...ids, id] : ids.filter((other) => other !== id)
                set(next.length === 0 ? null : next)
              }}
            >
              {name}
            </Checkbox>
          ))}
        </details>
      )
    }
    case 'text':
      return (
        <TextField
          label={t('Starts as')}
          size="sm"
          placeholder={t('No answer')}
          value={typeof chosen === 'string' ? chosen : ''}
          onChange={(text) => set(text === '' ? null : text)}
        />
      )
    case 'number':
      return (
        <NumberField
          label={t('Starts as')}
          size="sm"
          value={typeof chosen === 'number' ? chosen : Number.NaN}
          minValue={attribute.min ?? undefined}
          maxValue={attribute.max ?? undefined}
          onChange={(value) => set(Number.isNaN(value) ? null : value)}
        />
      )
  }
}

function startWords(count: number): string {
  return count === 0 ? t('Starts with: nothing chosen') : t('Starts with: {n}', { n: count })
}
