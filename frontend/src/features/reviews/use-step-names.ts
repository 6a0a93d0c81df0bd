import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { membersQuery } from '@/api/accounts'
import { ontologyQuery } from '@/api/ontologies'
import type { Id, OntologyNode } from '@/api/types'
import { teamsQuery } from '@/api/workforce'
import type { StepNames } from './workflow-draft'

/** Everything that a step can be narrowed to. */
export function useStepNames(projectId: Id): StepNames {
  const { data: ontology } = useQuery(ontologyQuery(projectId))
  const { data: members } = useQuery(membersQuery)
  const { data: teams } = useQuery(teamsQuery)
  return useMemo(
    () => ({
      classes: classNames(ontology?.classes ?? []),
      people: new Map((members ?? []).map(({ user_id, name }) => [user_id, name])),
      teams: new Map((teams ?? []).map(({ id, name }) => [id, name])),
    }),
    [ontology, members, teams],
  )
}

function classNames(nodes: readonly OntologyNode[]): Map<Id, string> {
  const names = new Map<Id, string>()
  for (const node of nodes) {
    if (node.type === 'class' && node.id !== undefined) names.set(node.id, node.name)
    for (const [id, name] of classNames(node.children)) names.set(id, name)
  }
  return names
}
