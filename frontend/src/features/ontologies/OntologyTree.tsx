import { type CSSProperties, useState } from 'react'
import {
  Button as AriaButton,
  Collection,
  DropIndicator,
  Tree,
  TreeItem,
  TreeItemContent,
  useDragAndDrop,
} from 'react-aria-components'
import { plural, t } from '@/i18n'
import { ChevronRight, GripVertical, TriangleAlert } from '@/ui/icons'
import { Kbd } from '@/ui/Kbd'
import type { Conflict } from './conflicts'
import type { DraftNode, Key } from './draft'
import { canMove, type Position } from './tree'

interface OntologyTreeProps {
  nodes: readonly DraftNode[]
  conflicts: readonly Conflict[]
  selected: Key | null
  onSelect: (key: Key) => void
  onMove: (key: Key, target: Key, position: Position) => void
  onDelete: (key: Key) => void
}

function Row({ node, hasConflict }: { node: DraftNode; hasConflict: boolean }) {
  const name = node.name.trim() === '' ? t('Unnamed') : node.name
  return (
    <TreeItemContent>
      {({ hasChildItems }) => (
        <div className="ontology-row">
          <AriaButton
            slot="drag"
            className="ontology-row__grip"
            aria-label={t('Move {name}', { name })}
          >
            <GripVertical />
          </AriaButton>
          {hasChildItems ? (
            <AriaButton slot="chevron" className="ontology-row__chevron">
              <ChevronRight />
            </AriaButton>
          ) : (
            <span className="ontology-row__chevron" />
          )}
          {node.type === 'class' && (
            <span
              className="ontology-row__swatch"
              data-kind={node.kind}
              style={{ '--swatch': node.color } as CSSProperties}
            />
          )}
          <span className="ontology-row__name" data-type={node.type}>
            {name}
          </span>
          {hasConflict && (
            <TriangleAlert
              className="ontology-row__warning"
              aria-label={t('Something here is to be mended')}
            />
          )}
          {node.type === 'class' && node.attributes.length > 0 && (
            <span className="ontology-row__note">
              {plural(node.attributes.length, '{n} attribute', '{n} attributes')}
            </span>
          )}
          {node.type === 'class' && node.layer > 0 && (
            <span className="ontology-row__note">{t('layer {layer}', { layer: node.layer })}</span>
          )}
          {node.type === 'class' && node.hotkey !== null && <Kbd>{node.hotkey.toUpperCase()}</Kbd>}
        </div>
      )}
    </TreeItemContent>
  )
}

/** The classes in their order; drag a row, or press Enter on its grip and move with the arrows. */
export function OntologyTree({
  nodes,
  conflicts,
  selected,
  onSelect,
  onMove,
  onDelete,
}: OntologyTreeProps) {
  // Whatever was not closed by hand is open, so that a row never vanishes into its new parent.
  const [collapsed, setCollapsed] = useState<ReadonlySet<Key>>(new Set())
  const inConflict = new Set(conflicts.map((conflict) => conflict.key))
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    getDropOperation: (target) =>
      target.type === 'item' &&
      selected !== null &&
      !canMove(nodes, selected, String(target.key), target.dropPosition)
        ? 'cancel'
        : 'move',
    onDragStart: ({ keys }) => {
      for (const key of keys) onSelect(String(key))
    },
    onMove: ({ keys, target }) => {
      for (const key of keys) onMove(String(key), String(target.key), target.dropPosition)
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className="ontology-drop" />,
  })

  function renderNode(node: DraftNode) {
    return (
      <TreeItem
        key={node.key}
        id={node.key}
        textValue={node.name.trim() === '' ? t('Unnamed') : node.name}
        className="ontology-item"
        value={node}
      >
        <Row node={node} hasConflict={inConflict.has(node.key)} />
        <Collection items={node.children} dependencies={[conflicts]}>
          {renderNode}
        </Collection>
      </TreeItem>
    )
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Delete works on the tree's focused row
    <div
      onKeyDown={(event) => {
        if (event.key === 'Delete' && selected !== null) onDelete(selected)
      }}
    >
      <Tree
        aria-label={t('Classes')}
        className="ontology-tree"
        items={nodes}
        dependencies={[conflicts]}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        expandedKeys={expandable(nodes).filter((key) => !collapsed.has(key))}
        onExpandedChange={(expanded) =>
          setCollapsed(new Set(expandable(nodes).filter((key) => !expanded.has(key))))
        }
        selectedKeys={selected === null ? [] : [selected]}
        onSelectionChange={(selection) => {
          if (selection === 'all') return
          for (const key of selection) onSelect(String(key))
        }}
        dragAndDropHooks={dragAndDropHooks}
      >
        {renderNode}
      </Tree>
    </div>
  )
}

function expandable(nodes: readonly DraftNode[]): Key[] {
  return nodes.flatMap((node) =>
    node.children.length > 0 ? [node.key, ...expandable(node.children)] : [],
  )
}
