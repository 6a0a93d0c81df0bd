import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { getPreferences } from '@/api/preferences'
import { remember } from '@/i18n'

/** Reads the pages in the language that somebody chose on another computer. */
export function useOwnLanguage(): void {
  const { data: preferences } = useQuery({
    queryKey: ['preferences', 'language'],
    queryFn: getPreferences,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  useEffect(() => {
    if (remember(preferences?.language)) window.location.reload()
  }, [preferences])
}
