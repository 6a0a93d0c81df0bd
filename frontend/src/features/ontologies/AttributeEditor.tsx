import { useState } from 'react'
import type { AttributeKind } from '@/api/types'
import { t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { Checkbox, NumberField, TextField } from '@/ui/Field'
import { ChevronDown, ChevronUp, Plus, Trash2, X } from '@/ui/icons'
import { Select } from '@/ui/Select'
import { attributeProblem } from './conflicts'
import { DefaultAnswer } from './DefaultAnswer'
import {
  attributeAs,
  type DraftAttribute,
  type DraftOption,
  newAttribute,
  newOption,
} from './draft'
import { shifted } from './tree'

const KINDS: readonly { value: AttributeKind; label: string; description: string }[] = [
  { value: 'radio', label: t('One of'), description: t('Radio: exactly one option.') },
  { value: 'checklist', label: t('Any of'), description: t('Checklist: several options.') },
  { value: 'text', label: t('Text'), description: t('Free text.') },
  { value: 'number', label: t('Number'), description: t('A number, with limits if needed.') },
]

function replaced<Item extends { key: string }>(items: readonly Item[], item: Item): Item[] {
  return items.map((candidate) => (candidate.key === item.key ? item : candidate))
}

function without<Item extends { key: string }>(items: readonly Item[], key: string): Item[] {
  return items.filter((candidate) => candidate.key !== key)
}

function OptionEditor({
  option,
  position,
  isNew,
  onChange,
  onEnter,
  onDelete,
}: {
  option: DraftOption
  position: number
  /** Just added by hand: it waits for its name. */
  isNew: boolean
  onChange: (option: DraftOption) => void
  onEnter: () => void
  onDelete: () => void
}) {
  const label = t('Option {position}', { position: position + 1 })
  return (
    <li className="attribute-option">
      <div className="attribute-option__row">
        <TextField
          label={label}
          isLabelHidden
          placeholder={label}
          size="sm"
          maxLength={100}
          autoFocus={isNew}
          value={option.name}
          onChange={(name) => onChange({ ...option, name })}
          onKeyDown={({ key }) => {
            if (key === 'Enter' && option.name.trim() !== '') onEnter()
          }}
        />
        <IconButton
          label={t('Ask more when {name} is chosen', { name: option.name || label })}
          size="sm"
          icon={<Plus />}
          onPress={() =>
            onChange({ ...option, attributes: [...option.attributes, newAttribute('')] })
          }
        />
        <IconButton
          label={t('Remove {name}', { name: option.name || label })}
          size="sm"
          icon={<X />}
          onPress={onDelete}
        />
      </div>
      {option.attributes.length > 0 && (
        <AttributeList
          title={t('When {name} is chosen, ask', { name: option.name || label })}
          attributes={option.attributes}
          onChange={(attributes) => onChange({ ...option, attributes })}
        />
      )}
    </li>
  )
}

function Options({
  attribute,
  onChange,
}: {
  attribute: DraftAttribute
  onChange: (attribute: DraftAttribute) => void
}) {
  const [addedKey, setAddedKey] = useState<string | null>(null)
  const { options } = attribute
  const setOptions = (changed: DraftOption[]) => onChange({ ...attribute, options: changed })
  const insert = (position: number) => {
    const added = newOption('')
    setAddedKey(added.key)
    setOptions([...options.slice(0, position), added, ...options.slice(position)])
  }
  return (
    <>
      <ul className="attribute-options" aria-label={t('Options')}>
        {options.map((option, position) => (
          <OptionEditor
            key={option.key}
            option={option}
            position={position}
            isNew={option.key === addedKey}
            onChange={(changed) => setOptions(replaced(options, changed))}
            onEnter={() => insert(position + 1)}
            onDelete={() => setOptions(without(options, option.key))}
          />
        ))}
      </ul>
      <div>
        <Button size="sm" variant="quiet" icon={<Plus />} onPress={() => insert(options.length)}>
          {t('Add option')}
        </Button>
      </div>
    </>
  )
}

function NumberLimits({
  attribute,
  onChange,
}: {
  attribute: DraftAttribute
  onChange: (attribute: DraftAttribute) => void
}) {
  const limit = (value: number) => (Number.isNaN(value) ? null : value)
  return (
    <div className="inspector__row">
      <NumberField
        label={t('Smallest')}
        size="sm"
        value={attribute.min ?? Number.NaN}
        onChange={(min) => onChange({ ...attribute, min: limit(min) })}
      />
      <NumberField
        label={t('Largest')}
        size="sm"
        value={attribute.max ?? Number.NaN}
        onChange={(max) => onChange({ ...attribute, max: limit(max) })}
      />
      <NumberField
        label={t('Step')}
        size="sm"
        minValue={0}
        value={attribute.step ?? Number.NaN}
        onChange={(step) => onChange({ ...attribute, step: step > 0 ? limit(step) : null })}
      />
    </div>
  )
}

interface AttributeEditorProps {
  attribute: DraftAttribute
  /** Just added by hand: it waits for its name. */
  isNew: boolean
  siblings: readonly DraftAttribute[]
  onChange: (attribute: DraftAttribute) => void
  onShift: (step: -1 | 1) => void
  onDelete: () => void
}

function AttributeEditor({
  attribute,
  isNew,
  siblings,
  onChange,
  onShift,
  onDelete,
}: AttributeEditorProps) {
  const name = attribute.name.trim() === '' ? t('attribute') : attribute.name
  const problem = attributeProblem(attribute, siblings)
  const hasOptions = attribute.kind === 'radio' || attribute.kind === 'checklist'
  return (
    <li className="attribute">
      <div className="attribute__head">
        <TextField
          label={t('Attribute name')}
          isLabelHidden
          placeholder={t('What is asked: Occluded')}
          size="sm"
          maxLength={100}
          autoFocus={isNew}
          value={attribute.name}
          onChange={(text) => onChange({ ...attribute, name: text })}
        />
        <Select
          label={t('Answer')}
          isLabelHidden
          size="sm"
          options={KINDS}
          value={attribute.kind}
          onChange={(kind) => onChange(attributeAs(attribute, kind))}
        />
      </div>
      {hasOptions && <Options attribute={attribute} onChange={onChange} />}
      {attribute.kind === 'number' && <NumberLimits attribute={attribute} onChange={onChange} />}
      {attribute.kind === 'text' && (
        <Checkbox
          isSelected={attribute.multiline}
          onChange={(multiline) => onChange({ ...attribute, multiline })}
        >
          {t('Several lines')}
        </Checkbox>
      )}
      <DefaultAnswer attribute={attribute} onChange={onChange} />
      <div className="attribute__foot">
        <Checkbox
          isSelected={attribute.required}
          onChange={(required) => onChange({ ...attribute, required })}
        >
          {t('Required')}
        </Checkbox>
        <IconButton
          label={t('Move {name} up', { name })}
          size="sm"
          icon={<ChevronUp />}
          onPress={() => onShift(-1)}
        />
        <IconButton
          label={t('Move {name} down', { name })}
          size="sm"
          icon={<ChevronDown />}
          onPress={() => onShift(1)}
        />
        <IconButton
          label={t('Remove {name}', { name })}
          size="sm"
          icon={<Trash2 />}
          onPress={onDelete}
        />
      </div>
      {problem !== null && <p className="attribute__problem">{problem}</p>}
    </li>
  )
}

interface AttributeListProps {
  title: string
  attributes: readonly DraftAttribute[]
  onChange: (attributes: DraftAttribute[]) => void
}

/** Questions about an object; those of an option are asked only when it is chosen. */
export function AttributeList({ title, attributes, onChange }: AttributeListProps) {
  const [addedKey, setAddedKey] = useState<string | null>(null)
  const add = () => {
    const added = newAttribute('')
    setAddedKey(added.key)
    onChange([...attributes, added])
  }
  return (
    <section className="attribute-list" aria-label={title}>
      <h3 className="attribute-list__title">{title}</h3>
      {attributes.length > 0 && (
        <ul className="attribute-list__items">
          {attributes.map((attribute, index) => (
            <AttributeEditor
              key={attribute.key}
              attribute={attribute}
              isNew={attribute.key === addedKey}
              siblings={attributes}
              onChange={(changed) => onChange(replaced(attributes, changed))}
              onShift={(step) => onChange(shifted(attributes, index, step))}
              onDelete={() => onChange(without(attributes, attribute.key))}
            />
          ))}
        </ul>
      )}
      <div>
        <Button size="sm" variant="quiet" icon={<Plus />} onPress={add}>
          {t('Add attribute')}
        </Button>
      </div>
    </section>
  )
}
