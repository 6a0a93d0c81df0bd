import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { may, meQuery } from '@/api/accounts'
import { projectQuery } from '@/api/projects'
import type { Me, Permission } from '@/api/types'

/** Who is signed in. Pages behind the sign-in guard are only drawn once this is known. */
export function useMe(): Me {
  const { data } = useQuery(meQuery)
  if (data === undefined) throw new Error('Nobody is signed in.')
  return data
}

/** The same with what he may do in the project of the address, where it has one. */
export function useMeHere(): Me {
  const me = useMe()
  const { projectId } = useParams({ strict: false })
  const { data } = useQuery({ ...projectQuery(projectId ?? ''), enabled: projectId !== undefined })
  return data === undefined || projectId === undefined
    ? me
    : { ...me, permissions: data.permissions }
}

/** The team whose people he looks after here without managing people; none for all others. */
export function useLedTeam(): Me['leads'][number] | undefined {
  const me = useMeHere()
  return may(me, 'view_people') || may(me, 'view_quality') ? undefined : me.leads[0]
}

/** Whether he may do this here: in the project of the address, or else at all. */
export function useMay(permission: Permission): boolean {
  return may(useMeHere(), permission)
}
