import { useQuery } from '@tanstack/react-query'
import { may, meQuery } from '@/api/accounts'
import type { Me, Permission } from '@/api/types'

/** Who is signed in. Pages behind the sign-in guard are only drawn once this is known. */
export function useMe(): Me {
  const { data } = useQuery(meQuery)
  if (data === undefined) throw new Error('Nobody is signed in.')
  return data
}

export function useMay(permission: Permission): boolean {
  return may(useMe(), permission)
}
