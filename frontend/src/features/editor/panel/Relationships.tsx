import { useState } from 'react'
import type { Relation } from '@/api/types'
import type { Editor, ObjectView, Relationship } from '@/editor'
import { t } from '@/i18n'
import { Button, IconButton } from '@/ui/Button'
import { TextField } from '@/ui/Field'
import { Select } from '@/ui/Select'
import { ArrowLeft, ArrowLeftRight, ArrowRight, X } from '../icons'
import { focusCanvas } from '../questions/focus'
import { relationName, relationsBetween } from '../relations'

interface RelationshipsProps {
  editor: Editor
  objects: readonly ObjectView[]
  selectedKeys: readonly string[]
  relations: readonly Relation[]
}

/** How the selected object stands to others; with two selected, how one stands to the other. */
export function Relationships(props: RelationshipsProps) {
  const { objects, selectedKeys } = props
  const [first, second, ...more] = selectedKeys.map((key) =>
    objects.find((object) => object.key === key),
  )
  if (first === undefined || more.length > 0) return null
  if (second === undefined) return <RelatedObjects {...props} object={first} />
  return <Pair key={selectedKeys.join()} {...props} first={first} second={second} />
}

function RelatedObjects({
  editor,
  objects,
  object,
  relations,
}: RelationshipsProps & { object: ObjectView }) {
  const incoming = objects.flatMap((other) =>
    other.relationships
      .filter(({ to }) => to === object.key)
      .map((relationship) => ({ other, relationship })),
  )
  if (object.relationships.length + incoming.length === 0) return null
  return (
    <ul className="relationships" aria-label={t('Relationships')}>
      {object.relationships.map((relationship) => (
        <RelationshipRow
          key={relationship.to}
          editor={editor}
          direction="to"
          from={object}
          other={objects.find(({ key }) => key === relationship.to)}
          words={relationName(relationship, relations)}
          relationship={relationship}
        />
      ))}
      {incoming.map(({ other, relationship }) => (
        <RelationshipRow
          key={other.key}
          editor={editor}
          direction="from"
          from={other}
          other={other}
          words={relationName(relationship, relations)}
          relationship={relationship}
        />
      ))}
    </ul>
  )
}

interface RelationshipRowProps {
  editor: Editor
  direction: 'to' | 'from'
  from: ObjectView
  other: ObjectView | undefined
  words: string
  relationship: Relationship
}

function RelationshipRow(props: RelationshipRowProps) {
  const { editor, direction, from, other, words, relationship } = props
  if (other === undefined) return null
  return (
    <li className="relationships__row">
      {direction === 'to' ? (
        <ArrowRight aria-label={t('To')} />
      ) : (
        <ArrowLeft aria-label={t('From')} />
      )}
      <span className="relationships__words">
        {words}
        <button
          type="button"
          className="relationships__other"
          onClick={() => editor.select([other.key])}
        >
          {other.name}
        </button>
      </span>
      <IconButton
        label={t('Remove “{words}”', { words })}
        size="sm"
        icon={<X />}
        onPress={() => editor.facts.unrelate(from.key, relationship.to)}
      />
    </li>
  )
}

interface PairProps {
  editor: Editor
  relations: readonly Relation[]
  first: ObjectView
  second: ObjectView
}

function Pair({ editor, relations, first, second }: PairProps) {
  const [isSwapped, setSwapped] = useState(false)
  const [from, to] = isSwapped ? [second, first] : [first, second]
  const known = from.relationships.find((each) => each.to === to.key)
  const allowed = relationsBetween(relations, from.classId, to.classId)
  const relate = (relation: string | null, name: string) =>
    editor.facts.relate(from.key, { to: to.key, relation, name })
  return (
    <fieldset className="relationships__pair">
      <legend className="field__label">{t('Relationship')}</legend>
      <div className="relationships__row">
        <span className="relationships__words">
          {from.name} → {to.name}
        </span>
        <IconButton
          label={t('Other direction')}
          size="sm"
          icon={<ArrowLeftRight />}
          onPress={() => setSwapped(!isSwapped)}
        />
        {known !== undefined && (
          <IconButton
            label={t('Remove relationship')}
            size="sm"
            icon={<X />}
            onPress={() => editor.facts.unrelate(from.key, to.key)}
          />
        )}
      </div>
      {relations.length === 0 ? (
        <FreeRelation
          key={`${from.key} ${known?.name}`}
          name={known?.name ?? ''}
          onRelate={(name) => relate(null, name)}
        />
      ) : (
        <Select
          label={t('Relation')}
          isLabelHidden
          size="sm"
          value={known?.relation ?? null}
          placeholder={allowed.length === 0 ? t('None for these classes') : t('Choose a relation')}
          options={allowed.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => relate(id, '')}
        />
      )}
    </fieldset>
  )
}

interface FreeRelationProps {
  name: string
  onRelate: (name: string) => void
}

/** The ontology names no relations: any words will do. */
function FreeRelation({ name, onRelate }: FreeRelationProps) {
  const [words, setWords] = useState(name)
  return (
    <form
      className="relationships__row"
      onSubmit={(event) => {
        event.preventDefault()
        onRelate(words.trim())
        focusCanvas()
      }}
    >
      <TextField
        label={t('Relation in words')}
        isLabelHidden
        size="sm"
        placeholder={t('is part of')}
        maxLength={100}
        value={words}
        onChange={setWords}
      />
      <Button size="sm" type="submit">
        {t('Relate')}
      </Button>
    </form>
  )
}
