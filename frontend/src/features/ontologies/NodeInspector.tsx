import type { ReactNode } from 'react'
import { t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { ColorField } from '@/ui/ColorField'
import { Checkbox, NumberField, RadioGroup, TextField } from '@/ui/Field'
import { ChevronDown, ChevronUp, Plus, Trash2 } from '@/ui/icons'
import { AttributeList } from './AttributeEditor'
import type { Conflict, ConflictField } from './conflicts'
import type { DraftClass, DraftNode } from './draft'

const KINDS = [
  { value: 'thing', label: t('Thing'), description: t('Countable: each object is one instance.') },
  { value: 'stuff', label: t('Stuff'), description: t('Amorphous: all of it is one region.') },
] as const

const HIGHEST_LAYER = 15

interface NodeInspectorProps {
  node: DraftNode
  conflicts: readonly Conflict[]
  onChange: (node: DraftNode) => void
  onShift: (step: -1 | 1) => void
  onDelete: () => void
  onAddChild: () => void
  /** What else belongs to the node but is kept apart from it. */
  children?: ReactNode
}

/** A hotkey is one character; a typed second one replaces the first. */
function hotkeyFromText(text: string): string | null {
  const typed = [...text.trim()].at(-1)
  return typed === undefined ? null : typed.toLowerCase()
}

function ClassFields({
  node,
  messageFor,
  onChange,
}: {
  node: DraftClass
  messageFor: (field: ConflictField) => string | undefined
  onChange: (node: DraftClass) => void
}) {
  return (
    <>
      <div className="inspector__row">
        <TextField
          label={t('Hotkey')}
          placeholder={t('None')}
          errorMessage={messageFor('hotkey')}
          value={node.hotkey?.toUpperCase() ?? ''}
          onChange={(text) => onChange({ ...node, hotkey: hotkeyFromText(text) })}
        />
        <NumberField
          label={t('Layer')}
          minValue={0}
          maxValue={HIGHEST_LAYER}
          value={node.layer}
          onChange={(layer) => onChange({ ...node, layer: Number.isNaN(layer) ? 0 : layer })}
        />
      </div>
      <p className="inspector__hint">
        {t(
          'Objects of one layer never overlap. Put a class on another layer where it may cover others.',
        )}
      </p>
      <Checkbox
        isSelected={node.overlapping}
        onChange={(overlapping) => onChange({ ...node, overlapping })}
        description={t('For hidden parts drawn too: each object begins on a layer of its own.')}
      >
        {t('Objects of this class may cover each other')}
      </Checkbox>
      <RadioGroup
        label={t('Kind')}
        options={KINDS}
        value={node.kind}
        onChange={(kind) => onChange({ ...node, kind })}
      />
      <TextField
        label={t('Description')}
        description={t('Labelers see it beside the class.')}
        isMultiline
        rows={2}
        maxLength={2000}
        value={node.description}
        onChange={(description) => onChange({ ...node, description })}
      />
      <AttributeList
        title={t('Attributes')}
        attributes={node.attributes}
        onChange={(attributes) => onChange({ ...node, attributes })}
      />
    </>
  )
}

/** The selected class or group, field by field. */
export function NodeInspector({
  node,
  conflicts,
  onChange,
  onShift,
  onDelete,
  onAddChild,
  children,
}: NodeInspectorProps) {
  const isClass = node.type === 'class'
  const messageFor = (field: ConflictField) =>
    conflicts.find((conflict) => conflict.key === node.key && conflict.field === field)?.message
  return (
    <section className="inspector" aria-label={isClass ? t('Class') : t('Group')}>
      <header className="inspector__header">
        <h2 className="inspector__title">{isClass ? t('Class') : t('Group')}</h2>
        <IconButton
          label={t('Move up')}
          size="sm"
          icon={<ChevronUp />}
          onPress={() => onShift(-1)}
        />
        <IconButton
          label={t('Move down')}
          size="sm"
          icon={<ChevronDown />}
          onPress={() => onShift(1)}
        />
        <IconButton
          label={isClass ? t('Delete class') : t('Delete group')}
          shortcut={t('Del')}
          size="sm"
          icon={<Trash2 />}
          onPress={onDelete}
        />
      </header>
      <div className="inspector__name">
        {isClass && (
          <ColorField
            label={t('Colour')}
            size="md"
            value={node.color}
            onChange={(color) => onChange({ ...node, color })}
          />
        )}
        <TextField
          label={t('Name')}
          maxLength={100}
          errorMessage={messageFor('name')}
          value={node.name}
          onChange={(name) => onChange({ ...node, name })}
        />
      </div>
      {node.type === 'class' ? (
        <ClassFields node={node} messageFor={messageFor} onChange={onChange} />
      ) : (
        <p className="inspector__hint">
          {t(
            'A group is a heading. It is not drawn itself; in COCO exports it is the supercategory.',
          )}
        </p>
      )}
      {children}
      <Button size="sm" icon={<Plus />} onPress={onAddChild}>
        {isClass ? t('Add class below this one') : t('Add class to this group')}
      </Button>
    </section>
  )
}
